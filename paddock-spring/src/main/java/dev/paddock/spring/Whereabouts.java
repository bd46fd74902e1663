package dev.paddock.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.util.ClassUtils;

/** Where beans lead, as far as they tell: pools and drivers' own sources by their URL, what stands before others by those. */
final class Whereabouts {
    /** What data sources that know their URL call it. */
    private static final List<String> URLS = List.of("getJdbcUrl", "getUrl", "getURL");
    /** What data sources that stand before others call those. */
    private static final List<String> OTHERS =
            List.of("getTargetDataSource", "getDataSource", "getXaDataSource", "getResolvedDataSources");

    private static final String EMBEDDED = "org.springframework.jdbc.datasource.embedded.EmbeddedDatabase";

    /** Databases that can't be anybody's production: they end with the process, or are made for tests. */
    private static final List<String> PASSING = List.of(
            "jdbc:paddock:",
            "jdbc:tc:",
            "jdbc:h2:mem:",
            "jdbc:hsqldb:mem:",
            "jdbc:derby:memory:",
            "jdbc:sqlite::memory:",
            "jdbc:sqlite:file::memory:");

    private static final int DEEPEST = 8;

    /** An end of the way from a data source. */
    sealed interface End {
        /** The context's database, or one that is in memory by its kind. */
        record Safe() implements End {}

        record At(String url) implements End {}

        /** @param type of what doesn't tell where it leads */
        record Untold(Class<?> type) implements End {}
    }

    private Whereabouts() {}

    static Set<End> of(CommonDataSource source) {
        Set<End> ends = new LinkedHashSet<>();
        follow(source, ends, DEEPEST);
        return ends;
    }

    private static void follow(Object source, Set<End> ends, int depth) {
        if (source instanceof SwitchingDataSource || implementsNamed(source.getClass(), EMBEDDED)) {
            ends.add(new End.Safe());
            return;
        }
        Object target = AopProxyUtils.getSingletonTarget(source);
        if (target != null && depth > 0) {
            follow(target, ends, depth - 1);
            return;
        }
        for (String getter : URLS) {
            if (ask(source, getter) instanceof String url && !url.isEmpty()) {
                ends.add(new End.At(url));
                return;
            }
        }
        boolean told = false;
        for (String getter : OTHERS) {
            Object answer = depth > 0 ? ask(source, getter) : null;
            Collection<?> others =
                    answer instanceof Map<?, ?> map ? map.values() : answer == null ? List.of() : List.of(answer);
            for (Object other : others) {
                if (other instanceof CommonDataSource) {
                    follow(other, ends, depth - 1);
                    told = true;
                }
            }
        }
        if (!told) {
            ends.add(new End.Untold(source.getClass()));
        }
    }

    static boolean isPassing(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return PASSING.stream().anyMatch(lower::startsWith);
    }

    static boolean implementsNamed(Class<?> type, String name) {
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .anyMatch(each -> each.getName().equals(name));
    }

    /** What a getter says; null if there is none, or it can't tell. */
    static @Nullable Object ask(Object bean, String getter) {
        Method method = ClassUtils.getMethodIfAvailable(bean.getClass(), getter);
        if (method == null) {
            return null;
        }
        try {
            method.trySetAccessible();
            return method.invoke(bean);
        } catch (ReflectiveOperationException | RuntimeException untold) {
            return null;
        }
    }
}
