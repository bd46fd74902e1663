package dev.paddock.spring;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.liquibase.LiquibaseAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.r2dbc.R2dbcAutoConfiguration;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;

/** Test classes as users write them, and the applications that they test. */
final class Samples {
    static final String IMAGE = "paddock/postgres:15";

    /** Without what needs files or classes of its own to start. */
    @SpringBootConfiguration
    @EnableAutoConfiguration(
            exclude = {
                LiquibaseAutoConfiguration.class,
                HibernateJpaAutoConfiguration.class,
                R2dbcAutoConfiguration.class
            })
    static class Application {}

    /** Of an application that says which database it uses in production. */
    @Retention(RetentionPolicy.RUNTIME)
    @SpringBootTest(
            classes = Application.class,
            properties = {
                "spring.datasource.url=jdbc:postgresql://production.invalid/shop",
                "spring.datasource.username=shop"
            })
    @PaddockTest
    @interface PonyTest {}

    @PonyTest
    static class PerClass {}

    @PonyTest
    static class PerClassToo {}

    @SpringBootTest(
            classes = Application.class,
            properties = {
                "spring.datasource.url=jdbc:postgresql://production.invalid/shop",
                "spring.datasource.username=shop"
            })
    @PaddockTest(refresh = Refresh.METHOD)
    static class PerMethod {}

    @SpringBootTest(classes = Application.class)
    @PaddockTest(refresh = Refresh.NEVER)
    static class Never {}

    static final class NeverToo extends Never {}

    @PonyTest
    @Transactional
    static class RolledBack {
        void first() {}

        void second() {}
    }

    @JdbcTest(properties = "spring.liquibase.enabled=false")
    @PaddockTest
    @org.springframework.test.context.ContextConfiguration(classes = Application.class)
    static class Slice {}

    @SpringBootTest(classes = Application.class)
    @PaddockTest(migrations = "classpath:db/migration", settings = "work_mem=7MB")
    static class Migrated {}

    @SpringBootTest(classes = Application.class)
    @PaddockTest(image = IMAGE)
    static class Contained {}

    @SpringBootTest(classes = Application.class, properties = "spring.flyway.enabled=false")
    @PaddockTest(scripts = "classpath:broken.sql")
    static class Broken {}

    @SpringBootTest(classes = {Application.class, OwnDataSource.class})
    @PaddockTest
    static class WithOwnDataSource {}

    @Configuration
    static class OwnDataSource {
        @Bean
        DataSource ponySource() {
            HikariDataSource source = new HikariDataSource();
            source.setJdbcUrl("jdbc:postgresql://production.invalid/shop");
            return source;
        }
    }

    @SpringBootTest(classes = {Application.class, OwnDataSource.class, Another.class})
    @PaddockTest
    static class WithTwo {}

    @Configuration
    static class Another {
        @Bean
        DataSource horseSource() {
            return new HikariDataSource();
        }
    }

    private Samples() {}

    void first() {}

    void second() {}
}
