package dev.paddock.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong in a file is said with its line and column, and what to do about it. */
class RefusedFileTest {
    private final Written written;

    RefusedFileTest(@TempDir Path folder) {
        this.written = new Written(folder);
    }

    @Test
    void unknownKeyIsAnsweredWithTheNearest() {
        assertThat(written.refuses("postgres:\n  databse: shop\n", "2:3", "there is no key databse in postgres")
                        .hint())
                .contains("did you mean database?");
        assertThat(written.refuses("service: {}\n", "1:1", "there is no key service in the file")
                        .hint())
                .contains("did you mean services?");
    }

    @Test
    void unknownKeyFarFromAllIsAnsweredWithThemAll() {
        assertThat(written.refuses(
                                "services:\n  app: {image: app, ready: {telepathy: yes}}\n",
                                "2:29",
                                "there is no key telepathy in ready")
                        .hint())
                .contains("known are port, command, log, http");
    }

    @Test
    void whatWouldHoldNoDataIsAnsweredWithWhatDoes() {
        String refusal =
                "what is mounted at %s would hold no data of the server: images keep theirs at %s, Paddock keeps it"
                        + " elsewhere";
        String usual = "/var/lib/postgresql/data";
        assertThat(written.refuses(
                                "postgres: {volumes: ['pgdata:" + usual + "']}\n",
                                "1:22",
                                refusal.formatted(usual, usual))
                        .hint())
                .contains("to keep the data in that volume, write disk_volume: pgdata");
        assertThat(written.refuses(
                                "postgres: {volumes: [{volume: pg, at: /var/lib/postgresql}]}\n",
                                "1:22",
                                refusal.formatted("/var/lib/postgresql", usual))
                        .hint())
                .contains("to keep the data in that volume, write disk_volume: pg");
        String newer = "/var/lib/postgresql/18/docker";
        written.refuses("postgres: {tmpfs: {" + newer + ": 64MB}}\n", "1:20", refusal.formatted(newer, newer));
        written.refuses(
                "services:\n  db: {image: a, snapshot: {data: /var/lib/mysql}, volumes: ['v1:/var/lib']}\n",
                "2:3",
                "what is mounted at /var/lib would hide the data at /var/lib/mysql that the service begins with");
    }

    @Test
    void extensionsAreForTheTopAlone() {
        written.refuses("postgres: {x-mine: 1}\n", "1:12", "there is no key x-mine in postgres");
    }

    @Test
    void brokenYamlIsShownWhereItBreaks() {
        written.refuses("postgres:\n  user: [ada\n", "3:1", "expected ',' or ']', but got <stream end>");
        written.refuses("a: b: c\n", "1:5", "mapping values are not allowed here");
    }

    @Test
    void keyThatStandsTwiceIsRefused() {
        assertThat(written.refuses(
                                "postgres:\n  user: ada\n  user: eve\n",
                                "3:3",
                                "the key user stands here for the second time")
                        .hint())
                .contains("the first is in line 2");
        written.refuses(
                "services:\n  app: {image: a}\n  app: {image: b}\n",
                "3:3",
                "the key app stands here for the second time");
    }

    @Test
    void wrongTypesAreNamed() {
        written.refuses("postgres: [18]\n", "1:11", "keys with values are wanted here, not a list");
        written.refuses(
                "postgres:\n  user: {name: ada}\n", "2:9", "a single value is wanted here, not keys with values");
        written.refuses("postgres:\n  user:\n", "2:8", "a single value is wanted here, not nothing");
        written.refuses("postgres: {port: many}\n", "1:18", "'many' is not a whole number");
        written.refuses("postgres: {port: 123456}\n", "1:18", "123456 is not a port");
        written.refuses("postgres: {memory: much}\n", "1:20", "'much' is not a size");
        written.refuses("postgres: {shared_memory: much}\n", "1:27", "'much' is not a size");
        written.refuses("postgres: {ttl: 3 days}\n", "1:17", "'3 days' is not a duration for ttl");
        written.refuses("postgres: {durable: yes}\n", "1:21", "'yes' is neither true nor false");
        written.refuses("postgres: {version: 9}\n", "1:21", "PostgreSQL 9 is not supported");
    }

    @Test
    void ratesThatNoDeviceCanHaveAreRefused() {
        assertThat(written.refuses(
                                "postgres: {limits: {write_rate: 10MB}}\n",
                                "1:33",
                                "write_rate is of block devices, and none is named")
                        .hint())
                .contains("write it as {/dev/sda: 10MB}");
        assertThat(written.refuses(
                                "postgres: {limits: {write_rate: {sda: 10MB}}}\n", "1:34", "'sda' is no block device")
                        .hint())
                .contains("write it as /dev/sda; see which there are with: lsblk --paths");
        written.refuses("postgres: {limits: {write_rate: {/dev/sda: much}}}\n", "1:44", "'much' is not a size");
        written.refuses(
                "postgres: {limits: {read_operations: {/dev/sda: 10MB}}}\n",
                "1:49",
                "'10MB' is no number of operations");
        written.refuses(
                "postgres: {limits: {read_operations: {/dev/sda: 0}}}\n",
                "1:39",
                "/dev/sda can't be limited to 0 per second");
    }

    @Test
    void volumesAreNamedAndSeenSomewhere() {
        assertThat(written.refuses(
                                "postgres: {volumes: [{volume: data}]}\n",
                                "1:22",
                                "nothing is said of where the volume is to be seen")
                        .hint())
                .contains("write it as at: /path");
        assertThat(written.refuses(
                                "postgres: {volumes: [{at: /data}]}\n",
                                "1:22",
                                "nothing is said of which volume is meant")
                        .hint())
                .contains("write it as volume: name");
        written.refuses(
                "postgres: {volumes: [{volume: ./data, at: /data}]}\n",
                "1:22",
                "'./data' can't be the name of a volume");
        written.refuses(
                "postgres: {volumes: [{volume: data, at: data}]}\n",
                "1:22",
                "'data' can't be where something is mounted in a container");
        assertThat(written.refuses(
                                "postgres: {volumes: [{volume: data, at: /data, option: {}}]}\n",
                                "1:48",
                                "there is no key option in a volume")
                        .hint())
                .contains("did you mean options?");
        written.refuses(
                "postgres: {disk_volume: {volume: data, at: /data}}\n", "1:40", "there is no key at in disk_volume");
        written.refuses(
                "postgres: {disk_volume: {driver: local}}\n", "1:25", "nothing is said of which volume is meant");
    }

    @Test
    void commandIsAList() {
        assertThat(written.refuses(
                                "services:\n  app:\n    image: app\n    command: serve --all\n",
                                "4:14",
                                "a list is wanted here, not a value")
                        .hint())
                .contains("write it as [one, two]");
    }

    @Test
    void servicesThatWaitForEachOtherAreRefused() {
        written.refuses(
                "services:\n  one: {image: a, depends_on: [two]}\n  two: {image: b, depends_on: [one]}\n",
                "2:3",
                "services wait for each other: one → two → one");
        written.refuses(
                "services:\n  one: {image: a, depends_on: [one]}\n", "2:3", "services wait for each other: one → one");
    }

    @Test
    void whatIsDependedOnMustBeThere() {
        assertThat(written.refuses(
                                "services:\n  app: {image: a, depends_on: [cahce]}\n  cache: {image: b}\n",
                                "2:3",
                                "app depends on cahce, and there is no such service")
                        .hint())
                .contains("did you mean cache?");
        written.refuses(
                "services:\n  app: {image: a, secrets: [token]}\n",
                "2:3",
                "app wants the secret token, and there is none of that name");
    }

    @Test
    void imageThatCanBeNoneIsRefused() {
        written.refuses("services: {app: {image: My App}}\n", "1:25", "'My App' is not the name of an image");
        written.refuses("services: {app: {image: \"app:\"}}\n", "1:25", "'app:' is not the name of an image");
        written.refuses("services:\n  app: {}\n", "2:3", "the service app has no image");
    }

    @Test
    void nameThatIsNoneOnANetworkIsRefused() {
        written.refuses("services: {My_App: {image: a}}\n", "1:12", "'My_App' can't be the name of a service");
        written.refuses(
                "services: {postgres: {image: a}}\n",
                "1:12",
                "a service can't be called postgres, which is PostgreSQL's own name");
    }

    @Test
    void passwordInTheEnvironmentIsRefused() {
        assertThat(written.refuses(
                                "postgres:\n  environment: {POSTGRES_PASSWORD: secret}\n",
                                "2:3",
                                "a password in the environment is for all to see who may inspect the container")
                        .hint())
                .contains("leave it out to have one generated, or name its file: password_file: ./password");
    }

    @Test
    void contradictionsAreRefused() {
        written.refuses("postgres: {memory: 1GB, disk: data}\n", "1:25", "memory and disk contradict each other");
        written.refuses(
                "postgres: {disk: data, disk_volume: orders}\n", "1:24", "disk and disk_volume contradict each other");
        written.refuses("postgres: {disk_volume: 'a b'}\n", "1:25", "'a b' can't be the name of a volume");
        written.refuses("postgres: {snapshot: shop, locale: C}\n", "1:28", "snapshot and locale contradict each other");
        written.refuses(
                "services: {app: {image: a, ready: {port: 1, log: up}}}\n",
                "1:35",
                "more than one thing is said of how it is found out that it works");
    }

    @Test
    void missingFilesAreNamed() {
        written.refuses(
                "postgres: {init: none.sql}\n",
                "1:18",
                "there is no " + written.folder().resolve("none.sql"));
        written.refuses(
                "services: {app: {image: a, volumes: [\"./none:/data\"]}}\n",
                "1:38",
                "there is no " + written.folder().resolve("none"));
    }

    @Test
    void mergeThatGoesRoundInACircleIsRefused() {
        written.refuses("postgres: &a\n  <<: *a\n", "1:11", "this merges itself");
    }

    /** Of three to the power of sixteen ways there is one that matters. */
    @Test
    @Timeout(20)
    void mergesWithinMergesAreEachReadOnce() {
        StringBuilder text = new StringBuilder("x-0: &a0 {version: 15}\n");
        for (int i = 1; i <= 16; i++) {
            String lower = "*a" + (i - 1);
            text.append("x-" + i + ": &a" + i + " {<<: [" + lower + ", " + lower + ", " + lower + "]}\n");
        }
        written.refuses(text + "postgres: {<<: *a16, nonsense: 1}\n", "18:22", "there is no key nonsense in postgres");
    }

    @Test
    void anchorThatHoldsItselfIsOfAWrongTypeWhereverItStands() {
        written.refuses("postgres: &a {user: *a}\n", "1:11", "a single value is wanted here, not keys with values");
    }
}
