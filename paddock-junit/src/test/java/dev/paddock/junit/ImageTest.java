package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.paddock.PostgresServer;
import dev.paddock.docker.connection.DockerConnection;
import dev.paddock.model.PaddockException;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that name an image, beside others that run on local processes. */
final class ImageTest {
    private static final String IMAGE = "paddock/postgres:15";

    @BeforeAll
    static void requireImage() {
        try (DockerConnection engine = DockerConnection.open(System.getenv())) {
            engine.client().inspectImageCmd(IMAGE).exec();
        } catch (PaddockException | NotFoundException absent) {
            assumeTrue(false, "no Docker Engine with the image " + IMAGE + ": " + absent.getMessage());
        }
    }

    @SuppressWarnings("ClassCanBeStatic")
    static final class Mixed {
        @Test
        void hasBoth(
                @TestDatabase(image = IMAGE, migrations = "classpath:orders") DataSource contained,
                @TestServer(postgres = "18") PostgresServer embedded)
                throws SQLException {
            assertThat(Sql.ask(contained, "select current_setting('server_version_num')::int / 10000"))
                    .isEqualTo("15");
            assertThat(Sql.ask(contained, "select count(*) from orders")).isNotEqualTo("0");
            assertThat(embedded.version().major()).isEqualTo(18);
            assertThat(embedded.storage()).doesNotContain("container");
        }
    }

    @Test
    void aDatabaseOfAnImageIsInAContainerWithoutMoreBeingSaid() {
        Runs.allPass(1, Mixed.class);
    }

    @Test
    void anImageWhereTheEngineIsSaidToBeAnotherIsRefused() {
        assertThat(Runs.failure(Runs.of(Map.of("paddock.engine", "embedded"), Mixed.class)))
                .hasMessageContaining("the embedded engine runs no containers, so it has no image");
    }
}
