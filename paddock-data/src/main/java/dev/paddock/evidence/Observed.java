package dev.paddock.evidence;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** A stand-in for an object of the driver: passes every call on, equals only itself, and can be unwrapped to all that the other can. */
abstract class Observed implements InvocationHandler {
    private final Wrapper delegate;

    Observed(Wrapper delegate) {
        this.delegate = delegate;
    }

    /** The stand-in, with these interfaces. */
    final <T> T proxy(Class<T> type, Class<?> more) {
        Class<?>[] interfaces = type.isAssignableFrom(more) ? new Class<?>[] {more} : new Class<?>[] {type, more};
        return type.cast(Proxy.newProxyInstance(Observed.class.getClassLoader(), interfaces, this));
    }

    /** Makes the class of such stand-ins. */
    static void load(Class<?>... interfaces) {
        Proxy.newProxyInstance(Observed.class.getClassLoader(), interfaces, (proxy, method, arguments) -> null);
    }

    @Override
    public final @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments == null) {
            return method.getName().equals("hashCode") ? System.identityHashCode(proxy) : answer(proxy, method, null);
        }
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "unwrap" -> unwrap(proxy, (Class<?>) arguments[0]);
            case "isWrapperFor" -> isWrapperFor(proxy, (Class<?>) arguments[0]);
            default -> answer(proxy, method, arguments);
        };
    }

    private Object unwrap(Object proxy, @Nullable Class<?> type) throws SQLException {
        if (type == null) {
            throw new SQLException("can't unwrap to null");
        }
        return type.isInstance(proxy) ? proxy : delegate.unwrap(type);
    }

    private boolean isWrapperFor(Object proxy, @Nullable Class<?> type) throws SQLException {
        return type != null && (type.isInstance(proxy) || delegate.isWrapperFor(type));
    }

    /** What a call of any other method does. */
    abstract @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable;

    /** The driver's own answer, or its own exception. */
    final @Nullable Object passOn(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }
}
