package dev.paddock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionInfoTest {
    private static final ConnectionInfo SHOP =
            new ConnectionInfo("127.0.0.1", 5432, "ada", new Secret("s'crét"), "shop");

    @Test
    void anEnvironmentThatIsPutRightLeadsToTheDatabaseAlone() {
        Map<String, String> variables = new HashMap<>();
        ForeignVariables.OF_LIBPQ.forEach(name -> variables.put(name, "elsewhere"));
        variables.put("PRIMARY_DATABASE_URL", "postgres://elsewhere/shop");
        variables.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://elsewhere/shop");

        SHOP.putInto(variables);

        assertThat(variables).isEqualTo(SHOP.environment());
    }

    @Test
    void anEnvironmentThatIsPutRightKeepsTheRest() {
        Map<String, String> variables =
                new HashMap<>(Map.of("PGTZ", "UTC", "FLYWAY_URL", "jdbc:mysql://elsewhere/shop"));

        SHOP.putInto(variables);

        assertThat(variables).containsEntry("PGTZ", "UTC").containsEntry("FLYWAY_URL", "jdbc:mysql://elsewhere/shop");
    }

    @Test
    void aServerWithTlsIsNotSaidToHaveNone() {
        assertThat(SHOP.uri()).isEqualTo("postgresql://ada:s%27cr%C3%A9t@127.0.0.1:5432/shop?sslmode=disable");
        assertThat(SHOP.withTls(true).uri()).isEqualTo("postgresql://ada:s%27cr%C3%A9t@127.0.0.1:5432/shop");
        assertThat(SHOP.withTls(true).jdbcUrlWithCredentials()).doesNotContain("sslmode");
        assertThat(SHOP.withTls(true).environment()).doesNotContainKey("PGSSLMODE");
    }
}
