package dev.paddock.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId.Segment;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Refuses a run in which the fields that want a database would stay null in silence: those of tests that JUnit's platform runs by another
 * engine than Jupiter, such as Spock, Kotest or JUnit 4. Filters nothing. Found by the platform in {@code META-INF/services}; public for that.
 */
public final class OtherEngines implements PostDiscoveryFilter {
    private static final String JUPITER = "junit-jupiter";
    private static final String ENGINE = "engine";

    @Override
    public FilterResult apply(TestDescriptor test) {
        if (test.getSource().orElse(null) instanceof ClassSource source) {
            String engine = engine(test);
            if (!engine.equals(JUPITER)) {
                requireNoFields(source.getJavaClass(), engine);
            }
        }
        return FilterResult.included("");
    }

    /** The innermost, since suites have engines within engines. */
    private static String engine(TestDescriptor test) {
        List<Segment> segments = test.getUniqueId().getSegments();
        for (int index = segments.size() - 1; index >= 0; index--) {
            if (segments.get(index).getType().equals(ENGINE)) {
                return segments.get(index).getValue();
            }
        }
        return JUPITER;
    }

    private static void requireNoFields(Class<?> type, String engine) {
        List<Field> fields = ReflectionSupport.findFields(
                type,
                field -> !Modifier.isFinal(field.getModifiers()) && Request.isOn(field),
                HierarchyTraversalMode.TOP_DOWN);
        if (!fields.isEmpty()) {
            throw new IllegalStateException("the " + Place.of(fields.get(0)).description()
                    + " asks for a database, but only JUnit Jupiter fills such fields, and this test is run by "
                    + engine
                    + ". Give the test the URL jdbc:paddock:18:///shop, or lease a database:"
                    + " Paddock.embedded().databases(template).lease(\"test\")");
        }
    }
}
