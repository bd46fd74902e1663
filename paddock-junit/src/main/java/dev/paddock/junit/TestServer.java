package dev.paddock.junit;

import dev.paddock.template.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A PostgreSQL server of the test's own, on the same places and for the same time as a {@link TestDatabase}, whose attributes mean the
 * same here. May be a {@link dev.paddock.PostgresServer}, or what a {@code TestDatabase} may be, of the server's database.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.ANNOTATION_TYPE})
@ExtendWith(PaddockExtension.class)
public @interface TestServer {

    /** Tells apart several servers of one test that are alike otherwise. */
    String name() default "";

    /** As {@link TestDatabase#migrations()}. */
    String[] migrations() default {};

    /** As {@link TestDatabase#scripts()}. */
    String[] scripts() default {};

    /** As {@link TestDatabase#layers()}. */
    Class<? extends Layer>[] layers() default {};

    /** As {@link TestDatabase#postgres()}. */
    String postgres() default "";

    /** As {@link TestDatabase#image()}. */
    String image() default "";

    /** As {@link TestDatabase#snapshot()}. */
    String snapshot() default "";

    /** As {@link TestDatabase#settings()}. */
    String[] settings() default {};

    /** As {@link TestDatabase#extensions()}. */
    String[] extensions() default {};
}
