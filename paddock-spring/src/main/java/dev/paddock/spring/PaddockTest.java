package dev.paddock.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring test's application context a PostgreSQL database of its own.
 *
 * <pre>{@code
 * @SpringBootTest
 * @PaddockTest
 * class OrdersTest { … }
 * }</pre>
 *
 * <p>The context's {@code DataSource} leads there, whatever its configuration says; so do {@code spring.datasource.url} and its like, and
 * those of Flyway, Liquibase and R2DBC. A bean that leads to any other database keeps the context from starting, unless that database is in
 * memory, or {@link #elsewhere()} names the bean. So no test reaches what the application's configuration says of production.
 *
 * <p>The database lives as long as the context: contexts that Spring keeps for several test classes keep theirs. Goes with
 * {@code @SpringBootTest}, with slices such as {@code @DataJpaTest} and {@code @JdbcTest}, which replace no {@code DataSource} then, and with
 * plain {@code @SpringJUnitConfig}. Is inherited, and can be put on an annotation of your own, which then stands for it.
 *
 * <p>Without {@link #migrations()} the application fills the database when it starts, as in production: by Flyway, Liquibase, JPA. With
 * them the database has been filled before, in a template that is built once and kept in the cache, and the application's own Flyway or
 * Liquibase finds nothing to do.
 *
 * <p>While a test class uses a context whose database is {@linkplain #refresh() refreshed}, no other may use the same: it is refused.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface PaddockTest {

    /** Where migrations are, in the order in which they are applied: {@code classpath:db/migration}, {@code filesystem:db} or a path. */
    String[] migrations() default {};

    /** SQL scripts, dumps, or folders of them, run after the migrations: {@code classpath:seed.sql}, or a path. */
    String[] scripts() default {};

    /** The version of PostgreSQL: {@code 18}, {@code 16.9}, {@code system} or the path of a bin folder. */
    String postgres() default "";

    /** Where the database is: {@code embedded}, or {@code docker} for a container; if empty embedded, unless an image is named. */
    String engine() default "";

    /** The image that its container is of, such as {@code pgvector/pgvector:pg17}. Needs {@code paddock-docker} on the class path. */
    String image() default "";

    /** The name or id of the snapshot that all else is put on. */
    String snapshot() default "";

    /** PostgreSQL's settings: {@code work_mem=64MB}. */
    String[] settings() default {};

    /** When the database is exchanged for one as it was when the context had started. */
    Refresh refresh() default Refresh.CLASS;

    /**
     * The names of the {@code DataSource} or {@code ConnectionFactory} beans that lead to the context's database instead of their own. If empty it
     * is the only or the primary one of each.
     */
    String[] dataSource() default {};

    /** The names of the beans that lead to another database on purpose. Those that lead to one in memory needn't be named. */
    String[] elsewhere() default {};
}
