package dev.paddock.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the file for Compose; that Compose understands it is tested with the command line. */
class ComposeFileTest {
    private final Written written;

    ComposeFileTest(@TempDir Path folder) {
        this.written = new Written(folder);
    }

    private String compose(String text) {
        return ComposeFile.of(written.read(text), Optional.empty()).text();
    }

    @Test
    void postgresInMemoryIsOnATmpfsAndUnsynced() {
        assertThat(compose("postgres: {version: 18, memory: 256MB}"))
                .contains("image: \"postgres:18\"")
                .contains("- \"fsync=off\"", "- \"synchronous_commit=off\"")
                .contains("- \"/var/lib/paddock:mode=1777,size=268435456\"")
                .contains("PGDATA: \"/var/lib/paddock/data\"");
    }

    @Test
    void postgresOnDiskHasAVolumeWhereItsImageHasIt() {
        assertThat(compose("postgres: {version: 17, disk: data, durable: true}"))
                .contains("- \"postgres-data:/var/lib/postgresql/data\"")
                .doesNotContain("tmpfs", "PGDATA", "fsync");
        assertThat(compose("postgres: {version: 18, disk: data}"))
                .contains("- \"postgres-data:/var/lib/postgresql\"", "- \"fsync=off\"")
                .doesNotContain("synchronous_commit");
        assertThat(compose("postgres: {version: 18, disk_volume: orders}"))
                .contains("- \"postgres-data:/var/lib/postgresql\"");
    }

    @Test
    void whatTheEngineDoesByItselfIsTheSame() {
        written.with("notes", "");

        assertThat(compose("postgres: {version: 17, disk: data, restart: on-failure:3, pull: always,"
                        + " volumes: ['./notes:/notes:ro,z']}"))
                .contains("restart: \"on-failure:3\"")
                .contains("pull_policy: \"always\"")
                .contains("- \"./notes:/notes:ro,z\"");
    }

    @Test
    void furtherNamesOnTheNetworkAreTheSame() {
        assertThat(compose("postgres: {aliases: [db]}")).contains("""
                    networks:
                      default:
                        aliases:
                          - "db"
                """.indent(0).stripTrailing());
    }

    @Test
    void processesAreLimitedAsPaddockLimitsThem() {
        assertThat(compose("{postgres: {version: 18}, services: {app: {image: app, limits: {processes: 200}}}}"))
                .containsPattern("(?s)postgres:.*pids_limit: 4096.*")
                .containsPattern("(?s)app:.*pids_limit: 200.*");
    }

    @Test
    void sharedMemoryIsOfTheSizeThatPaddockGivesIt() {
        assertThat(compose("postgres: {version: 18}")).contains("shm_size: \"268435456b\"");
        assertThat(compose("postgres: {shared_memory: 1GB}"))
                .contains("shm_size: \"1073741824b\"")
                .doesNotContain("268435456b");
        assertThat(compose("services: {app: {image: app, shared_memory: 32MB}, other: {image: app}}"))
                .containsPattern("(?s)app:.*shm_size: \"33554432b\".*other:")
                .doesNotContainPattern("(?s)other:.*shm_size");
    }

    @Test
    void volumesHaveDriversAndOptionsAndLabels() {
        String how = "driver: local, options: {type: nfs, device: ':/srv', o: addr=10.0.0.1}, labels: {team: orders}";

        assertThat(compose("services: {one: {image: one, volumes: ['data:/data']},"
                        + " other: {image: other, volumes: [{volume: data, at: /data, read_only: true, " + how
                        + "}]}}"))
                .contains("- \"data:/data\"", "- \"data:/data:ro\"")
                .contains("""
                        volumes:
                          data:
                            name: "data"
                            driver: "local"
                            driver_opts:
                              device: ":/srv"
                              o: "addr=10.0.0.1"
                              type: "nfs"
                            labels:
                              team: "orders"
                        """);
    }

    @Test
    void volumeOfTheDataHasDriverAndOptionsAndLabelsAndIsToldFromPaddocks() {
        ComposeFile file = ComposeFile.of(
                written.read(
                        "postgres: {disk_volume: {volume: orders, driver: local, options: {o: bind}, labels: {team: orders}}}"),
                Optional.empty());

        assertThat(file.text()).contains("""
                volumes:
                  postgres-data:
                    driver: "local"
                    driver_opts:
                      o: "bind"
                    labels:
                      team: "orders"
                """);
        assertThat(file.remarks()).anyMatch(remark -> remark.contains("where that names a place, name another one"));
    }

    @Test
    void ratesOfBlockDevicesAreTheSame() {
        assertThat(compose("postgres: {limits: {io_weight: 300, read_rate: {/dev/sda: 10MB, /dev/sdb: 1MB},"
                        + " write_operations: {/dev/sda: 500}}}"))
                .contains("""
                            blkio_config:
                              weight: 300
                              device_read_bps:
                                -
                                  path: "/dev/sda"
                                  rate: 10485760
                                -
                                  path: "/dev/sdb"
                                  rate: 1048576
                              device_write_iops:
                                -
                                  path: "/dev/sda"
                                  rate: 500
                        """);
    }

    @Test
    void passwordIsNowhereInTheFile() {
        written.with("password", "open sesame");

        assertThat(compose("postgres: {password_file: password}"))
                .contains("file: \"./password\"")
                .contains("POSTGRES_PASSWORD_FILE: \"/run/secrets/postgres_password\"")
                .doesNotContain("sesame");
    }

    @Test
    void nothingIsPublishedBeyondLoopback() {
        assertThat(compose("postgres: {port: 5433}\nservices: {app: {image: app, ports: [80, \"8080:8080\"]}}"))
                .contains("- \"127.0.0.1:5433:5432\"", "- \"127.0.0.1::80\"", "- \"127.0.0.1:8080:8080\"");
        assertThat(compose("postgres: {published: false}")).doesNotContain("ports:");
    }

    @Test
    void dollarsStayDollars() {
        assertThat(compose("services: {app: {image: app, command: [sh, -c, \"echo $HOME $${X}\"]}}"))
                .contains("- \"echo $$HOME $${X}\"");
    }

    @Test
    void whoeverWaitsForAPortWaitsForHealth() {
        assertThat(compose("""
                        services:
                          app: {image: app, depends_on: [cache, queue]}
                          cache: {image: redis, ready: {port: 6379}}
                          queue: {image: queue, ready: {log: up}}
                        """))
                .contains("      cache:\n        condition: \"service_healthy\"")
                .contains("      queue:\n        condition: \"service_started\"")
                .contains(":18EB ");
    }

    @Test
    void whatOnlyPaddockCanDoIsRefused() {
        assertThatThrownBy(() -> compose("postgres: {network: elsewhere}"))
                .hasMessage("Compose makes a network of its own, not elsewhere");
        assertThatThrownBy(() -> compose("postgres: {snapshot: shop}"))
                .hasMessage("Compose clones no snapshots, and runs neither migrations nor dumps");
        assertThatThrownBy(() -> compose("services: {app: {image: app, snapshot: {data: /data, restore: fill}}}"))
                .hasMessage("Compose can't tell when app is ready for its data to be restored");
    }

    @Test
    void whatImagesDontRunWhenTheyStartNeedsAnImageOfTheData() {
        written.with("dump.backup", "");
        written.with("schema.sql.gz", "");
        written.with("V1__pony.sql", "");

        assertThat(List.of("snapshot: shop", "template: V1__pony.sql", "init: dump.backup"))
                .allMatch(key -> ComposeFile.needsImage(written.read("postgres: {" + key + "}")));
        assertThat(ComposeFile.needsImage(written.read("postgres: {init: schema.sql.gz}")))
                .isFalse();
    }

    @Test
    void imageOfTheDataIsNotInitialisedButGetsItsPassword() {
        StackFile file = written.read("postgres: {version: 17, snapshot: shop, disk: data}");

        assertThat(ComposeFile.of(file, Optional.of(new PreparedImage("shop:1", "/data", "ada", "stable")))
                        .text())
                .contains("image: \"shop:1\"", "- \"postgres-data:/data\"", "ALTER ROLE", "role=ada", "-d stable")
                .doesNotContain("POSTGRES_", "PGDATA", "tmpfs");
    }

    @Test
    void servicesRestoreTheirDataBeforeTheyAreHealthy() {
        written.with("ponies.txt", "");

        assertThat(compose("""
                        services:
                          cache:
                            image: redis
                            ready: {port: 6379}
                            snapshot: {data: /data, files: ponies.txt, restore: 'fill < /restore/ponies.txt', timeout: 2m}
                        """))
                .contains("- \"./ponies.txt:/restore/ponies.txt:ro\"")
                .contains(
                        "touch /data/.restoring && sh -c 'fill < /restore/ponies.txt' && mv /data/.restoring /data/.restored")
                .contains("timeout: \"120s\"");
    }
}
