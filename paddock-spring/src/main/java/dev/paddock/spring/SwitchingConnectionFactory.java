package dev.paddock.spring;

import dev.paddock.database.Database;
import dev.paddock.model.ConnectionInfo;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * R2DBC's connections to whichever database is the context's at that moment; nothing is pooled. R2DBC is known by its names alone, since few
 * have it on their class path. Thread-safe.
 */
final class SwitchingConnectionFactory implements InvocationHandler {
    private static final String TYPE = "io.r2dbc.spi.ConnectionFactory";
    private static final String FACTORIES = "io.r2dbc.spi.ConnectionFactories";

    private final Class<?> type;
    private final ContextDatabase database;
    private @Nullable Current current;

    private SwitchingConnectionFactory(Class<?> type, ContextDatabase database) {
        this.type = type;
        this.database = database;
    }

    private record Current(ConnectionInfo connection, Object factory) {}

    /** R2DBC's interface, if the application has it. */
    static Optional<Class<?>> type(@Nullable ClassLoader loader) {
        return ClassUtils.isPresent(TYPE, loader)
                ? Optional.of(ClassUtils.resolveClassName(TYPE, loader))
                : Optional.empty();
    }

    static <T> T of(Class<T> type, ContextDatabase database) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new SwitchingConnectionFactory(type, database)));
    }

    /** Whether a bean is one of these. */
    static boolean isOne(Object bean) {
        return Proxy.isProxyClass(bean.getClass())
                && Proxy.getInvocationHandler(bean) instanceof SwitchingConnectionFactory;
    }

    static String url(Database database) {
        return "r2dbc:postgresql://" + database.host() + ":" + database.port() + "/" + encode(database.name());
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "connections to the context's database";
            };
        }
        return call(method, factory(), arguments);
    }

    private synchronized Object factory() throws Throwable {
        Database now = database.database();
        Current known = current;
        if (known == null || !known.connection().equals(now.connection())) {
            String url = url(now).replace("//", "//" + encode(now.user()) + ":" + encode(now.password()) + "@");
            Method get = Class.forName(FACTORIES, true, type.getClassLoader()).getMethod("get", String.class);
            known = new Current(now.connection(), call(get, null, new Object[] {url}));
            current = known;
        }
        return known.factory();
    }

    private static Object call(Method method, @Nullable Object target, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
