package dev.paddock.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.failure.FailureSettings;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ServerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunSettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path project;

    private RunSettings read(Map<String, String> parameters) {
        return RunSettings.read(key -> Optional.ofNullable(parameters.get(key)), project);
    }

    @Test
    void withoutAnySettingTheDefaultsHold() {
        RunSettings settings = read(Map.of());

        assertThat(settings.engine(ServerSpec.create())).isEqualTo("embedded");
        assertThat(settings.leases()).isEqualTo(LeaseSettings.DEFAULT);
        assertThat(settings.evidence().on()).isTrue();
        assertThat(settings.evidence().folder()).isEqualTo(project.resolve("target/paddock"));
        assertThat(settings.defaults().migrations()).isEmpty();
    }

    @Test
    void eachSettingIsRead() {
        RunSettings settings = read(Map.of(
                "paddock.databases.max", "5",
                "paddock.databases.patience", "90s",
                "paddock.databases.ahead", "off",
                "paddock.evidence.statements", "20",
                "paddock.evidence.keep", "0",
                "paddock.evidence.keep-for", "2h",
                "paddock.evidence.folder", "reports",
                "paddock.migrations", "classpath:db/migration, extra",
                "paddock.image", "pgvector/pgvector:pg17",
                "paddock.postgres", "17"));

        assertThat(settings.leases())
                .isEqualTo(LeaseSettings.DEFAULT
                        .withMost(5)
                        .withPatience(Duration.ofSeconds(90))
                        .withAhead(false)
                        .withStatements(20));
        assertThat(settings.evidence())
                .isEqualTo(new FailureSettings(true, 0, Duration.ofHours(2), project.resolve("reports")));
        assertThat(settings.defaults().migrations()).containsExactly("classpath:db/migration", "extra");
        assertThat(settings.defaults().postgres()).hasValue("17");
        assertThat(settings.defaults().image()).hasValue("pgvector/pgvector:pg17");
    }

    @Test
    void anImageNeedsNoEngineBeNamed() {
        ServerSpec ofImage =
                ServerSpec.create().withContainer(ContainerSpec.DEFAULT.withImage("pgvector/pgvector:pg17"));

        assertThat(read(Map.of()).engine(ofImage)).isEqualTo("docker");
        assertThat(read(Map.of("paddock.engine", "embedded")).engine(ofImage)).isEqualTo("embedded");
    }

    @Test
    void withoutEvidenceNoStatementIsRemembered() {
        assertThat(read(Map.of("paddock.evidence", "off")).leases().statements())
                .isZero();
    }

    @Test
    void gradlesReportsAreInItsOwnFolder() throws IOException {
        Files.createFile(project.resolve("build.gradle.kts"));

        assertThat(read(Map.of()).evidence().folder()).isEqualTo(project.resolve("build/paddock"));
    }

    @ParameterizedTest
    @CsvSource({
        "paddock.databases.max, 0, 'write a number, 1 or more'",
        "paddock.databases.patience, soon, 'write it as 90s, 30m or 2h'",
        "paddock.databases.ahead, perhaps, write on or off",
        "paddock.evidence.keep, -1, 'write a number, 0 or more'",
    })
    void aValueThatCannotBeMeantIsNamedWithWhatToWrite(String key, String value, String hint) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        InvalidSpecException.class,
                        failure -> assertThat(failure.hint()).hasValue(hint))
                .hasMessage("the setting " + key + " can't be '" + value + "'");
    }
}
