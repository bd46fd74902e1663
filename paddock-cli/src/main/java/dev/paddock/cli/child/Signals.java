package dev.paddock.cli.child;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes signals in place of the JVM, which would end at each of them, until closed. A signal that this process was told to
 * ignore, as by {@code nohup}, stays ignored. Not thread-safe.
 *
 * <p>The JDK exports {@code sun.misc.Signal} for this on purpose (JEP 260), but warns whoever compiles against it, in a way that
 * can't be turned off for a place; hence the reflection.
 */
final class Signals implements AutoCloseable {
    private final List<Reset> resets = new ArrayList<>();

    /** A signal and what the JVM did at it before. */
    private record Reset(Object signal, Object handler) {}

    void on(String name, Runnable reaction) {
        take(name, reaction).ifPresent(resets::add);
    }

    /**
     * Takes a signal for good and does nothing about it. The JVM looks up what to do about a signal only when its own thread for
     * that gets round to it, so giving the signal back could still end this process for one that came long before.
     */
    static void ignore(String name) {
        take(name, () -> {});
    }

    private static Optional<Reset> take(String name, Runnable reaction) {
        try {
            Object signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler answer = (self, method, arguments) -> {
                if (method.getDeclaringClass() == handler) {
                    reaction.run();
                    return null;
                }
                return answerAsObject(self, method, arguments);
            };
            Object taken = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, answer);
            return Optional.of(new Reset(signal, handle(signal, taken)));
        } catch (ReflectiveOperationException foreignJvm) {
            // Then that signal ends this process as usual, and the program with it.
            return Optional.empty();
        }
    }

    private static Object answerAsObject(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "a reaction to a signal";
        };
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
    }

    @Override
    public void close() {
        try {
            for (Reset reset : resets) {
                handle(reset.signal(), reset.handler());
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("signals were taken but can't be given back", impossible);
        }
    }
}
