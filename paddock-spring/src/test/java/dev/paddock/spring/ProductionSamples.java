package dev.paddock.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.liquibase.LiquibaseAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.orm.hibernate5.LocalSessionFactoryBean;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.LocalEntityManagerFactoryBean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests of applications whose configuration leads to production in ways of their own. */
final class ProductionSamples {
    static final String PRODUCTION = "jdbc:postgresql://production.invalid/shop";

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = {
                "spring.flyway.url=" + PRODUCTION,
                "spring.flyway.user=shop_owner",
                "spring.flyway.password=of production",
                "spring.flyway.driver-class-name=org.h2.Driver"
            })
    @PaddockTest
    static class FlywayOfItsOwn {}

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = {"SPRING_FLYWAY_URL=" + PRODUCTION + "?user=shop"})
    @PaddockTest
    static class FlywayByEnvironment {}

    @SpringBootTest(classes = Samples.Application.class)
    @PaddockTest
    static class FlywayByDynamicProperty {
        @DynamicPropertySource
        static void lead(DynamicPropertyRegistry registry) {
            registry.add("spring.flyway.url", () -> PRODUCTION);
        }
    }

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = {"spring.flyway.user=shop_owner", "spring.flyway.password=of production"})
    @PaddockTest
    static class FlywayAsAnother {}

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = {"spring.flyway.user=shop_owner", "spring.flyway.password=of production"})
    @PaddockTest(migrations = "classpath:db/migration")
    static class FlywayAsAnotherUponATemplate {}

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = HibernateJpaAutoConfiguration.class)
    static class WithLiquibase {}

    @SpringBootTest(
            classes = WithLiquibase.class,
            properties = {
                "spring.flyway.enabled=false",
                "spring.liquibase.change-log=classpath:db/ponies.sql",
                "spring.liquibase.url=" + PRODUCTION,
                "spring.liquibase.user=shop_owner"
            })
    @PaddockTest
    static class LiquibaseOfItsOwn {}

    @SpringBootTest(
            classes = WithLiquibase.class,
            properties = {
                "spring.flyway.enabled=false",
                "spring.liquibase.change-log=classpath:db/ponies.sql",
                "spring.liquibase.user=shop_owner"
            })
    @PaddockTest
    static class LiquibaseAsAnother {}

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = {
                "spring.flyway.enabled=false",
                "spring.sql.init.mode=always",
                "spring.sql.init.schema-locations=classpath:db/migration/V1__pony.sql",
                "spring.sql.init.username=shop_owner",
                "spring.sql.init.password=of production"
            })
    @PaddockTest
    static class ScriptsAsAnother {}

    /** As the manuals of Spring Boot write it. */
    @Configuration
    static class TwoByProperties {
        @Bean
        @Primary
        @ConfigurationProperties("app.ponies")
        DataSourceProperties ponyProperties() {
            return new DataSourceProperties();
        }

        @Bean
        @Primary
        DataSource ponySource(DataSourceProperties properties) {
            return properties.initializeDataSourceBuilder().build();
        }

        @Bean
        @ConfigurationProperties("app.horses")
        HikariDataSource horseSource() {
            return new HikariDataSource();
        }
    }

    @SpringBootTest(
            classes = {Samples.Application.class, TwoByProperties.class},
            properties = {
                "app.ponies.url=" + PRODUCTION,
                "app.horses.jdbc-url=jdbc:postgresql://production.invalid/horses?password=secret"
            })
    @PaddockTest
    static class SecondDataSource {}

    @SpringBootTest(
            classes = {Samples.Application.class, TwoByProperties.class},
            properties = {
                "app.ponies.url=" + PRODUCTION,
                "app.horses.jdbc-url=jdbc:postgresql://production.invalid/horses"
            })
    @PaddockTest(elsewhere = "horseSource")
    static class SecondDataSourceOnPurpose {}

    @SpringBootTest(
            classes = {Samples.Application.class, TwoByProperties.class},
            properties = {
                "app.ponies.url=" + PRODUCTION,
                "app.horses.jdbc-url=jdbc:postgresql://production.invalid/horses"
            })
    @PaddockTest(dataSource = {"ponySource", "horseSource"})
    static class BothReplaced {}

    @SpringBootTest(
            classes = {Samples.Application.class, TwoByProperties.class},
            properties = {"app.ponies.url=" + PRODUCTION, "app.horses.jdbc-url=jdbc:h2:mem:horses"})
    @PaddockTest
    static class SecondDataSourceInMemory {}

    @SpringBootTest(
            classes = {Samples.Application.class, TwoByProperties.class},
            properties = {"app.ponies.url=" + PRODUCTION, "app.horses.jdbc-url=${spring.datasource.url}"})
    @PaddockTest
    static class SecondDataSourceToTheSame {}

    @Configuration
    static class Untold {
        @Bean
        DataSource horseSource() {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL("jdbc:h2:mem:horses");
            return new org.springframework.jdbc.datasource.AbstractDataSource() {
                @Override
                public java.sql.Connection getConnection() throws java.sql.SQLException {
                    return h2.getConnection();
                }

                @Override
                public java.sql.Connection getConnection(String user, String password) throws java.sql.SQLException {
                    return h2.getConnection();
                }
            };
        }
    }

    @SpringBootTest(classes = {Samples.Application.class, Samples.OwnDataSource.class, Untold.class})
    @PaddockTest(dataSource = "ponySource")
    static class UntoldDataSource {}

    @Configuration
    static class WrappedAndInline {
        @Bean
        DataSource horseSource() {
            return new LazyConnectionDataSourceProxy(new DriverManagerDataSource(PRODUCTION));
        }
    }

    @SpringBootTest(classes = {Samples.Application.class, Samples.OwnDataSource.class, WrappedAndInline.class})
    @PaddockTest(dataSource = "ponySource")
    static class WrappedDataSource {}

    @Configuration
    static class InlineTemplate {
        @Bean
        JdbcTemplate horses() {
            return new JdbcTemplate(new DriverManagerDataSource(PRODUCTION));
        }
    }

    @SpringBootTest(classes = {Samples.Application.class, InlineTemplate.class})
    @PaddockTest
    static class InlineDataSource {}

    @Configuration
    static class OwnFlyway {
        @Bean(initMethod = "migrate")
        Flyway flyway() {
            return Flyway.configure().dataSource(PRODUCTION, "shop", "secret").load();
        }
    }

    @SpringBootTest(classes = {Samples.Application.class, OwnFlyway.class})
    @PaddockTest
    static class FlywayBean {}

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = LiquibaseAutoConfiguration.class)
    static class WithJpa {}

    @SpringBootTest(
            classes = WithJpa.class,
            properties = "spring.jpa.properties.jakarta.persistence.jdbc.url=" + PRODUCTION)
    @PaddockTest
    static class PersistenceUnit {}

    @SpringBootTest(classes = WithJpa.class)
    @PaddockTest
    static class PersistenceUnitOfTheContext {}

    /** Their unit is in a {@code persistence.xml}, which says production's address. */
    @Configuration
    static class UnitsOfAFile {
        @Bean
        LocalEntityManagerFactoryBean legacy() {
            LocalEntityManagerFactoryBean factory = new LocalEntityManagerFactoryBean();
            factory.setPersistenceUnitName("legacy");
            return factory;
        }
    }

    @Configuration
    static class ContainersUnitOfAFile {
        @Bean
        LocalContainerEntityManagerFactoryBean legacy() {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setPersistenceUnitName("legacy");
            factory.setPersistenceProviderClass(HibernatePersistenceProvider.class);
            return factory;
        }
    }

    @SpringBootTest(classes = {WithJpa.class, UnitsOfAFile.class})
    @PaddockTest
    static class PersistenceUnitOfAFile {}

    @SpringBootTest(classes = {WithJpa.class, ContainersUnitOfAFile.class})
    @PaddockTest
    static class ContainersPersistenceUnitOfAFile {}

    @Configuration
    static class SessionsOfAFile {
        @Bean
        LocalSessionFactoryBean sessions() {
            return new LocalSessionFactoryBean();
        }
    }

    @SpringBootTest(classes = {WithJpa.class, SessionsOfAFile.class})
    @PaddockTest
    static class SessionFactoryOfAFile {}

    @Configuration
    static class SessionsWithin {
        @Bean
        LocalSessionFactoryBean sessions() {
            LocalSessionFactoryBean factory = new LocalSessionFactoryBean();
            factory.setDataSource(new DriverManagerDataSource(PRODUCTION));
            return factory;
        }
    }

    @SpringBootTest(classes = {WithJpa.class, SessionsWithin.class})
    @PaddockTest
    static class SessionFactory {}

    @Configuration
    static class SessionsByProperties {
        @Bean
        LocalSessionFactoryBean sessions() {
            LocalSessionFactoryBean factory = new LocalSessionFactoryBean();
            factory.getHibernateProperties().setProperty("hibernate.connection.url", PRODUCTION);
            return factory;
        }
    }

    @SpringBootTest(classes = {WithJpa.class, SessionsByProperties.class})
    @PaddockTest
    static class SessionFactoryByProperties {}

    @Configuration
    static class SessionsOfTheContext {
        @Bean
        LocalSessionFactoryBean sessions(DataSource context) {
            LocalSessionFactoryBean factory = new LocalSessionFactoryBean();
            factory.setDataSource(context);
            return factory;
        }
    }

    @SpringBootTest(classes = {WithJpa.class, SessionsOfTheContext.class})
    @PaddockTest
    static class SessionFactoryOfTheContext {}

    @SpringBootTest(
            classes = Samples.Application.class,
            properties = "spring.quartz.properties.org.quartz.dataSource.jobs.URL=" + PRODUCTION)
    @PaddockTest
    static class QuartzPool {}

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = {LiquibaseAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
    static class Reactive {}

    @SpringBootTest(
            classes = Reactive.class,
            properties = {
                "spring.r2dbc.url=r2dbc:postgresql://production.invalid/shop",
                "spring.r2dbc.username=shop",
                "spring.flyway.url=" + PRODUCTION
            })
    @PaddockTest
    static class ReactiveByProperties {}

    @Configuration
    static class OwnConnectionFactory {
        @Bean
        ConnectionFactory ponyFactory() {
            return ConnectionFactories.get("r2dbc:postgresql://shop:secret@production.invalid/shop");
        }
    }

    @SpringBootTest(classes = {Reactive.class, OwnConnectionFactory.class})
    @PaddockTest
    static class ReactiveByBean {}

    @Configuration
    static class AnotherConnectionFactory {
        @Bean
        ConnectionFactory horseFactory() {
            return ConnectionFactories.get("r2dbc:postgresql://shop:secret@production.invalid/horses");
        }
    }

    @SpringBootTest(classes = {Reactive.class, OwnConnectionFactory.class, AnotherConnectionFactory.class})
    @PaddockTest(dataSource = "ponyFactory")
    static class SecondConnectionFactory {}

    private ProductionSamples() {}
}
