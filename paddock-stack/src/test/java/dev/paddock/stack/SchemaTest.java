package dev.paddock.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema for editors and the reader agree. */
class SchemaTest {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(StackFile.schema());

    private final Written written;

    SchemaTest(@TempDir Path folder) {
        this.written = new Written(folder);
    }

    private static Set<ValidationMessage> complaints(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML);
    }

    @Test
    void publishedSchemaIsWhatTheReaderSays() throws IOException {
        assertThat(Files.readString(Path.of("../docs/paddock.schema.json"))).isEqualTo(StackFile.schema());
        assertThat(new ObjectMapper().readTree(StackFile.schema()).isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres: {version: 18, memory: 512MB, port: 5433, durable: true, settings: {work_mem: 64MB}}",
                "postgres: {version: \"18\", port: \"5433\", durable: \"true\", limits: {cpus: 1.5, processes: 100}}",
                "name: shop\nx-mine: [1, 2]\nservices: {app: {image: app, ports: 80, environment: {A: 1, B: , C: true}}}",
                "services: {app: {image: app, command: [a, 1], ready: {command: check}, start_timeout: 90s, ports: [1, \"2:3\"]}}",
                "postgres: {shared_memory: 1GB, limits: {read_rate: {/dev/sda: 10MB}, write_operations: {/dev/sda: 500}}}",
                "postgres: {disk_volume: {volume: orders, driver: local, options: {size: 100, o: bind}, labels: {team: a}}}",
                "postgres: {disk_volume: orders, volumes: ['data:/data', {volume: more, at: /more, read_only: true}]}",
                "postgres: {aliases: [db]}\nservices: {app: {image: app, aliases: a}}",
                "services: {app: {image: app, snapshot: {data: /data, restore: [a, b]}, tmpfs: {/tmp: 16MB}}}"
            })
    void whatTheReaderTakesTheSchemaTakes(String yaml) {
        written.read(yaml);

        assertThat(complaints(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres: {databse: shop}",
                "postgres: [18]",
                "postgres: {durable: yes please}",
                "postgres: {memory: much}",
                "postgres: {x-mine: 1}",
                "services: {app: {command: [a]}}",
                "services: {app: {image: a, snapshot: {restore: a}}}",
                "services: {My_App: {image: a}}",
                "services: {app: {image: a, command: serve}}",
                "services: {app: {image: a, ready: {telepathy: 1}}}",
                "services: {app: {image: a, pull: sometimes}}",
                "services: {app: {image: a, start_timeout: soon}}",
                "postgres: {limits: {write_rate: 10MB}}",
                "postgres: {limits: {write_rate: {sda: 10MB}}}",
                "postgres: {limits: {read_operations: {/dev/sda: 10MB}}}",
                "postgres: {volumes: [{volume: data}]}",
                "postgres: {volumes: [{at: /data}]}",
                "postgres: {disk_volume: {volume: data, at: /data}}",
                "postgres: {disk_volume: {driver: local}}",
                "secrets: {token: ./token}"
            })
    void whatTheSchemaRefusesTheReaderRefuses(String yaml) {
        assertThat(complaints(yaml)).isNotEmpty();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> written.read(yaml)))
                .isInstanceOf(dev.paddock.model.InvalidSpecException.class);
    }
}
