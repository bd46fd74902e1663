package dev.paddock.junit;

import dev.paddock.template.Layer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A PostgreSQL database for a test.
 *
 * <pre>{@code
 * @Test
 * void placesAnOrder(@TestDatabase(migrations = "classpath:db/migration") DataSource db) { … }
 * }</pre>
 *
 * <p>On a parameter of a test or of a {@code @BeforeEach} or {@code @AfterEach} method, of a constructor, and on an instance field: one
 * database per test. Within one test equal annotations mean the same database, so that what a fixture filled is what the test finds; give
 * them different {@linkplain #name() names} for more than one. On a parameter of a {@code @BeforeAll} or {@code @AfterAll} method, on a
 * static field, and in the constructor of a class with one instance for all its tests: one database per class.
 *
 * <p>May be a {@code DataSource}, a {@code Connection}, which is closed after the test, a {@link dev.paddock.database.Database}, or, with
 * {@link #server()}, a {@link dev.paddock.PostgresServer}. Can be put on an annotation of your own, which then stands for it.
 *
 * <p>Databases are made from a template that is built once per content and kept in the cache. What isn't said here is taken from
 * {@code junit-platform.properties} or system properties, named after the attribute: {@code paddock.migrations}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.ANNOTATION_TYPE})
@ExtendWith(PaddockExtension.class)
public @interface TestDatabase {

    /** Tells apart several databases of one test that are alike otherwise. */
    String name() default "";

    /** Where migrations are, in the order in which they are applied: {@code classpath:db/migration}, {@code filesystem:db} or a path. */
    String[] migrations() default {};

    /** SQL scripts, dumps, or folders of them, run after the migrations: {@code classpath:seed.sql}, or a path. */
    String[] scripts() default {};

    /** Code that fills the template after the scripts: classes with a constructor without parameters. */
    Class<? extends Layer>[] layers() default {};

    /** The version of PostgreSQL: {@code 18}, {@code 16.9}, {@code system} or the path of a bin folder. */
    String postgres() default "";

    /**
     * With containers: the image, such as {@code pgvector/pgvector:pg17}. Unless the setting {@code paddock.engine} says where servers are, a test that
     * names one has its own in Docker. Needs {@code paddock-docker} on the class path.
     */
    String image() default "";

    /** The name or id of the snapshot that all else is put on. */
    String snapshot() default "";

    /** PostgreSQL's settings: {@code work_mem=64MB}. */
    String[] settings() default {};

    /** Folders with extensions that the PostgreSQL doesn't have itself. */
    String[] extensions() default {};

    /** Whether to share one database with all who only read; PostgreSQL refuses to write to it. */
    boolean readOnly() default false;

    /** Whether to have the whole server to itself, which can then be frozen, stopped or looked into. */
    boolean server() default false;
}
