package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Files of a home, damaged in every way, under the commands that people then try. Some of them, for half of the kinds of files, always the same: all of them with
 * {@code -Dpaddock.test.damage=all}, which takes hours, or so many of each kind with {@code -Dpaddock.test.damage=5}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
final class DamagedHomeTest {
    private static final String PROGRAMS = "installations";
    private static final String KEPT = "kept";
    private static final String ROWS = "select count(*) || ' ' || sum(n) from t";
    private static final String RIGHT = "1000 500500";

    private Path temp;
    private Path whole;
    private Path home;

    @BeforeAll
    void aHomeThatWasUsed() throws Exception {
        temp = Files.createTempDirectory("damaged");
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        whole = temp.resolve("whole");
        home = temp.resolve("home");
        Path script =
                Files.writeString(temp.resolve("t.sql"), "create table t as select n from generate_series(1, 1000) n;");
        Answer made = run("snapshot", "create", KEPT, "--init", script.toString());
        assertThat(made.code()).as(made.said()).isZero();
        assertThat(run("run", "--template", script.toString(), "--", "true").code())
                .isZero();
        system("cp", "-a", home.toString(), whole.toString());
    }

    @AfterAll
    void removeAll() throws IOException {
        Folders.delete(temp);
    }

    @Test
    void whateverIsDamagedNobodySeesWrongDataOrABug() throws Exception {
        Random random = new Random(20261201);
        List<String> wrong = new ArrayList<>();
        for (Case each : cases(random)) {
            each.damage().befall(home.resolve(each.file()), random);
            examine().ifPresent(found -> wrong.add(each + ": " + found));
            restore();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aShortenedTableOfANamedSnapshotIsToldByItsNameAndLeft() throws Exception {
        Path table = data(KEPT).resolve("base/5/1259");
        Damage.EMPTIED.befall(table, new Random(0));

        Answer started = run("run", "--snapshot", KEPT, "--", "true");

        assertThat(started.code()).isEqualTo(1);
        assertThat(started.said()).contains("the snapshot kept is damaged: data/base/5/1259 has 0 bytes instead of");
        assertThat(run("snapshot", "verify", KEPT).code()).isEqualTo(1);
        assertThat(run("doctor").said()).contains("✗ cache.snapshots  the snapshot kept is damaged");
        assertThat(run("doctor", "--repair").said()).contains("✗ cache.snapshots  the snapshot kept is damaged");
        assertThat(table).as("what is the user's").exists();
        assertThat(run("snapshot", "rm", KEPT).code()).isZero();
        assertThat(run("snapshot", "ls").said()).doesNotContain(KEPT);
    }

    @Test
    void aFileThatTheDiskItselfGotWrongIsFoundWhenAllIsRead() throws Exception {
        Path table = data(KEPT).resolve("base/5/1259");
        FileTime time = Files.getLastModifiedTime(table);
        byte[] content = Files.readAllBytes(table);
        content[content.length / 2] ^= 1;
        Files.write(table, content);
        Files.setLastModifiedTime(table, time);

        Answer verified = run("snapshot", "verify", KEPT);
        Answer pushed = run("snapshot", "push", KEPT, "127.0.0.1:1/kept:1", "--data-only");

        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.said()).contains("kept is damaged", "data/base/5/1259");
        assertThat(pushed.code()).isEqualTo(1);
        assertThat(pushed.said()).contains("kept is damaged", "data/base/5/1259");
    }

    @Test
    void oneBadManifestHidesNoOtherSnapshotAndCanBeRemoved() throws Exception {
        Files.writeString(data(KEPT).resolveSibling("manifest.properties"), "");

        Answer listed = run("snapshot", "ls");
        Answer forPrograms = run("snapshot", "ls", "--json");

        assertThat(listed.code()).isZero();
        assertThat(listed.said())
                .contains("empty", "template", "the snapshot kept is damaged", "paddock snapshot rm kept");
        assertThat(forPrograms.said()).contains("\"kind\" : \"damaged\"", "\"kind\" : \"empty\"");
        assertThat(run("snapshot", "rm", KEPT).code()).isZero();
        assertThat(run("snapshot", "ls").said()).contains("empty").doesNotContain("damaged");
    }

    @Test
    void aNameWithAWrongLetterIsToldAndNotTakenForOneThatNobodyHas() throws Exception {
        Path name = home.resolve("cache/snapshot-names").resolve(KEPT);
        String id = Files.readString(name);
        Files.writeString(name, (id.charAt(0) == '0' ? '1' : '0') + id.substring(1));

        assertThat(run("snapshot", "ls").said()).contains("the snapshot kept is damaged");
        assertThat(run("run", "--snapshot", KEPT, "--", "true").said()).contains("the snapshot kept is damaged");
        assertThat(run("doctor").said()).contains("✗ cache.snapshots  the snapshot kept is damaged");

        assertThat(run("snapshot", "rm", KEPT).code()).isZero();
        assertThat(run("snapshot", "ls").said()).doesNotContain(KEPT).contains(id.substring(0, 12));
    }

    @Test
    void aSnapshotThatHasLostItsNameIsNotRemovedByAnythingButItsUser() throws Exception {
        Path data = data(KEPT);
        Path folder = data.resolveSibling(".").normalize();
        Files.delete(home.resolve("cache/snapshot-names").resolve(KEPT));
        Path used = Files.writeString(folder.resolve("used"), "");
        Files.setLastModifiedTime(used, FileTime.from(java.time.Instant.EPOCH));
        Path script = Files.writeString(temp.resolve("another.sql"), "create table another ();");
        assertThat(run("run", "--template", script.toString(), "--", "true").code())
                .isZero();
        assertThat(data).exists();

        Files.writeString(data.resolveSibling("manifest.properties"), "");
        run("doctor", "--repair");
        assertThat(data).exists();
    }

    @Test
    void aNameWhoseSnapshotIsMissingIsToldWithTheFolderThatIsMissing() throws Exception {
        Path folder = data(KEPT).resolveSibling(".").normalize();
        Folders.delete(folder);

        for (Answer told :
                List.of(run("run", "--snapshot", KEPT, "--", "true"), run("snapshot", "ls"), run("doctor"))) {
            assertThat(told.said())
                    .contains("the snapshot kept is damaged: the folder " + folder)
                    .contains("put " + folder + " back from a backup, or remove it with: paddock snapshot rm kept")
                    .doesNotContain("holds no snapshot's id");
        }
        assertThat(run("snapshot", "rm", KEPT).code()).isZero();
        assertThat(run("snapshot", "ls").said()).doesNotContain(KEPT);
    }

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipesAndFoldersThatDoNotBelongInAHomeKeepNobodyWaiting() throws Exception {
        Path used = data(KEPT).resolveSibling("used");
        Files.deleteIfExists(used);
        for (String pipe : List.of(
                "state/supervisors/1-2",
                "state/servers/a-pipe.server",
                "state/servers/a-pipe.1.end",
                "cache/snapshots/" + "a".repeat(64),
                "cache/snapshot-names/a-pipe",
                "cache/snapshot-keys/a-pipe",
                "cache/installations/18.99-linux-amd64",
                "cache/scripts/a-pipe",
                home.relativize(used).toString())) {
            pipe(home.resolve(pipe));
        }
        // A time that has to be noted anew.
        system("touch", "-c", "-d", "2020-01-01", used.toString());
        for (String folder : List.of("state/supervisors/x/y", "state/servers/x/y", "cache/snapshot-keys/x/y")) {
            Files.createDirectories(home.resolve(folder));
        }

        assertThat(examine()).isEmpty();
        Answer up = run("up", "demo");
        assertThat(up.code()).as(up.said()).isZero();
        assertThat(run("down", "demo").code()).isZero();
        assertThat(run("doctor").isOrderly()).isTrue();
        assertThat(run("snapshot", "rm", KEPT).code()).isZero();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInThePlaceOfTheFolderOfProgramsIsTold() throws Exception {
        Path programs = home.resolve("cache").resolve(PROGRAMS);
        Folders.delete(programs);
        pipe(programs);

        Answer started = run("run", "--", "true");

        assertThat(started.code()).isEqualTo(1);
        assertThat(started.said()).contains(programs + ": something else than a folder has that name");
        assertThat(run("doctor").isOrderly()).isTrue();
    }

    private static void pipe(Path file) throws Exception {
        Files.createDirectories(file.resolveSibling("."));
        system("mkfifo", file.toString());
    }

    @Test
    void ofTwoNamesOfASnapshotOneGoesAlone() throws Exception {
        Path names = home.resolve("cache/snapshot-names");
        Files.copy(names.resolve(KEPT), names.resolve("second"));

        assertThat(run("snapshot", "ls").said()).contains(KEPT, "second");
        assertThat(run("snapshot", "rm", "second").code()).isZero();
        assertThat(run("snapshot", "ls").said()).contains(KEPT).doesNotContain("second");
        assertThat(rows(ServerSpec.snapshot(KEPT), ROWS, RIGHT)).isEmpty();

        Path data = data(KEPT);
        assertThat(run("snapshot", "rm", KEPT).code()).isZero();
        assertThat(data).doesNotExist();
    }

    @Test
    void programsThatAreDamagedAreUnpackedAgain() throws Exception {
        Path postgres = home.resolve(whole.relativize(only("postgres")));
        Damage.HALVED.befall(postgres, new Random(0));

        Answer before = run("doctor");
        Answer started = run("run", "--", "true");

        assertThat(before.said()).contains("✗ cache.programs").contains("bin/postgres has");
        assertThat(started.code()).as(started.said()).isZero();
        assertThat(run("doctor").said()).contains("✓ cache.programs");
    }

    @Test
    void aCopyOfACacheIsAsGoodWhateverItsTimesAre() throws Exception {
        Folders.delete(home);
        system("cp", "-r", "--preserve=mode,ownership", whole.toString(), home.toString());

        assertThat(rows(ServerSpec.snapshot(KEPT), ROWS, RIGHT)).isEmpty();
        assertThat(run("doctor").said()).contains("✓ cache.programs", "✓ cache.snapshots");
    }

    /** Only what is another than it was: there are hundreds of megabytes. */
    @AfterEach
    void restore() throws Exception {
        Map<String, String> right = looks(whole);
        Map<String, String> there = looks(home);
        for (String file : there.keySet()) {
            if (!there.get(file).equals(right.get(file))
                    && Files.exists(home.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                Folders.delete(home.resolve(file));
            }
        }
        for (String file : right.keySet()) {
            if (!Files.exists(home.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                system(
                        "cp",
                        "-a",
                        whole.resolve(file).toString(),
                        home.resolve(file).toString());
            }
        }
    }

    /** What is below a folder, each folder before what is in it, and what changes with any change to it. */
    private static Map<String, String> looks(Path folder) throws IOException {
        Map<String, String> looks = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Map<String, Object> all =
                        Files.readAttributes(file, "unix:mode,uid,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
                looks.put(
                        folder.relativize(file).toString(),
                        Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                                ? all.get("mode") + " " + all.get("uid")
                                : all.toString());
            }
        }
        return looks;
    }

    private Path data(String name) throws IOException {
        String id = Files.readString(home.resolve("cache/snapshot-names").resolve(name));
        return home.resolve("cache/snapshots").resolve(id).resolve("data");
    }

    private Path only(String file) throws IOException {
        try (Stream<Path> files = Files.walk(whole)) {
            return files.filter(each -> each.endsWith(file)).findFirst().orElseThrow();
        }
    }

    private record Case(String file, Damage damage) {}

    /** Of each kind of file some, each damaged in some way; files of one kind are called alike but for numbers. */
    private List<Case> cases(Random random) throws IOException {
        Map<String, List<String>> kinds = new TreeMap<>();
        try (Stream<Path> files = Files.walk(whole)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> whole.relativize(file).toString())
                    .sorted()
                    .forEach(file -> kinds.computeIfAbsent(kind(file), absent -> new ArrayList<>())
                            .add(file));
        }
        String wish = System.getProperty("paddock.test.damage", "1");
        List<Case> cases = new ArrayList<>();
        kinds.forEach((kind, files) -> {
            if (wish.equals("all")) {
                files.forEach(file -> Stream.of(Damage.values()).forEach(way -> cases.add(new Case(file, way))));
                return;
            }
            for (int i = 0; i < Integer.parseInt(wish); i++) {
                Damage[] ways = Damage.values();
                cases.add(new Case(files.get(random.nextInt(files.size())), ways[random.nextInt(ways.length)]));
            }
        });
        // What differs for another user is modes, which some of the others show.
        boolean again = Boolean.getBoolean("paddock.test.again");
        return wish.equals("1")
                ? IntStream.range(0, cases.size())
                        .filter(i -> again ? i % 6 == 1 : i % 2 == 0)
                        .mapToObj(cases::get)
                        .toList()
                : cases;
    }

    private static String kind(String file) {
        if (file.contains(PROGRAMS)) {
            return file.contains("/bin/") || file.endsWith("/seal") ? file : "an installation's";
        }
        return file.replaceAll("[0-9a-f]{64}", "ID").replaceAll("/(base|global|pg_\\w+)/.*", "/$1/…");
    }

    /** What is wrong with what the commands say, if anything. */
    private Optional<String> examine() {
        List<List<String>> commands = List.of(
                List.of("ls"),
                List.of("ls", "--json"),
                List.of("down", "--all"),
                List.of("snapshot", "ls"),
                List.of("snapshot", "ls", "--json"),
                List.of("snapshot", "inspect", KEPT),
                List.of("snapshot", "verify", KEPT));
        for (List<String> command : commands) {
            Answer answer = run(command.toArray(new String[0]));
            if (!answer.isOrderly()) {
                return Optional.of(command + " said: " + answer.said());
            }
        }
        Optional<String> rows = rows(ServerSpec.snapshot(KEPT), ROWS, RIGHT);
        if (rows.isPresent()) {
            return rows;
        }
        Optional<String> plain = rows(ServerSpec.create(), "select 42", "42");
        return plain.isEmpty() ? Optional.empty() : afterARepair(plain.get());
    }

    private Optional<String> afterARepair(String before) {
        Answer repaired = run("doctor", "--repair");
        if (!repaired.isOrderly()) {
            return Optional.of("doctor --repair said: " + repaired.said());
        }
        return rows(ServerSpec.create(), "select 42", "42").map(still -> before + "; and after a repair: " + still);
    }

    /** Nothing if the rows are right, or it is said in words why they can't be had. */
    private Optional<String> rows(ServerSpec spec, String query, String right) {
        try (Paddock paddock = Paddock.open("embedded", PaddockHome.under(home), Progress.NONE);
                PostgresServer server = paddock.start(spec);
                Connection connection = server.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getString(1).equals(right)
                    ? Optional.empty()
                    : Optional.of(query + " gave " + found.getString(1));
        } catch (PaddockException told) {
            // An empty server needs nothing that can't be made again.
            return spec.snapshot().isPresent() ? Optional.empty() : Optional.of(query + ": " + told.getMessage());
        } catch (SQLException | RuntimeException untold) {
            return Optional.of(query + ": " + untold);
        }
    }

    private record Answer(int code, String said) {

        boolean isOrderly() {
            return code <= 1
                    && !said.contains("this is a bug")
                    && !said.contains("Exception")
                    && !said.contains(": null\n");
        }
    }

    private Answer run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code =
                new Dispatcher(new Session(Terminal.of(said, said), PaddockHome.under(home))).run(List.of(arguments));
        return new Answer(code, said.toString(StandardCharsets.UTF_8));
    }

    private static void system(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
