package dev.paddock.script;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In what forms scripts may come: files, archives, folders and pipes, of whatever encoding and compression. */
public abstract class ScriptFilesContract extends ScriptContract {
    @Test
    void refusesAFileThatWasCutOff() throws IOException {
        assertThat(failure(file("copy.sql", "CREATE TABLE t (i int);\nCOPY t FROM stdin;\n1\n")))
                .hasMessageContaining("copy.sql, line 2")
                .hasMessageContaining("ends inside the data");
        assertThat(value("SELECT count(*) FROM t")).isEqualTo("0");
        Path half = folder.resolve("half.gz");
        byte[] rows = Files.readAllBytes(
                zipped("copy.sql.gz", "CREATE TABLE z (i int);\nCOPY z FROM stdin;\n" + "12345\n".repeat(100_000)));
        Files.write(half, Arrays.copyOf(rows, rows.length / 2));
        assertThat(failure(half)).hasMessageContaining("cut off or damaged");
        assertThat(value("SELECT count(*) FROM z")).isEqualTo("0");
        assertThat(failure(file("string.sql", "SELECT 1;\n\nSELECT\n 'never closed;\n")))
                .hasMessageContaining("string.sql, line 4: the file ends inside a string");
        assertThat(failure(file("transaction.sql", "BEGIN;\nCREATE TABLE lost ();\n")))
                .hasMessageContaining("ends inside a transaction");
    }

    @Test
    void takesLineEndsOfWindowsAndAByteOrderMark() throws IOException {
        run(file(
                "windows.sql",
                "\ufeffCREATE TABLE t (i int);\r\nCOPY t FROM stdin;\r\n1\r\n2\r\n\\.\r\nINSERT INTO t VALUES (3)"));

        assertThat(value("SELECT sum(i) FROM t")).isEqualTo("6");
    }

    @Test
    void passesOtherEncodingsOnUntouched() throws IOException {
        Path latin = folder.resolve("latin1.sql");
        Files.write(
                latin,
                "SET client_encoding = 'LATIN1';\nCREATE TABLE t AS SELECT 'Größe' AS v;\nCOPY t FROM stdin;\nä\n\\.\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        Path sjis = folder.resolve("sjis.sql");
        Files.write(
                sjis,
                "\\encoding SJIS\nINSERT INTO t VALUES (E'表'); INSERT INTO t VALUES ('能;');\n"
                        .getBytes(Charset.forName("windows-31j")));
        run(latin, sjis);

        assertThat(value("SELECT string_agg(v, ',' ORDER BY v COLLATE \"C\") FROM t"))
                .isEqualTo("Größe,ä,能;,表");
    }

    @Test
    void runsCompressedFilesWhateverTheirName() throws IOException {
        run(zipped("dump.sql", "CREATE TABLE t AS SELECT 7 AS i;"));

        assertThat(value("SELECT i FROM t")).isEqualTo("7");
        Path cut = folder.resolve("cut.sql.gz");
        byte[] whole = Files.readAllBytes(zipped("whole.sql.gz", "SELECT 1;\n".repeat(100_000)));
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThat(failure(cut)).hasMessageContaining("cut off or damaged");
    }

    @Test
    void readsArchivesByPgRestoreOrSaysHowToGetIt() throws IOException {
        Path archive = folder.resolve("archive");
        try (InputStream bundled = requireNonNull(ScriptFilesContract.class.getResourceAsStream("tiny.dump"))) {
            Files.copy(bundled, archive);
        }
        boolean readable = true;
        try {
            PgRestore.find(archive);
        } catch (ScriptException absent) {
            readable = false;
            assertThat(absent.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("--format=plain"));
        }
        if (readable) {
            run(archive);
            assertThat(value("SELECT string_agg(i || coalesce(v, '-'), ',' ORDER BY i) FROM archived"))
                    .isEqualTo("1ä;,2-");
            Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 900));
            assertThat(failure(archive)).hasMessageContaining("pg_restore: error");
        } else {
            assertThat(failure(archive)).hasMessageContaining("pg_restore alone");
        }
    }

    @Test
    void runsFoldersInTheOrderOfNames() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("scripts/30-more"));
        Files.writeString(scripts.resolve("a.sql"), "INSERT INTO t VALUES ('third');");
        Files.writeString(
                scripts.resolveSibling("10.sql"),
                "CREATE TABLE t (id serial, v text); INSERT INTO t (v) VALUES ('first');");
        Files.move(zipped("20.sql.gz", "INSERT INTO t (v) VALUES ('second');"), scripts.resolveSibling("20.sql.gz"));
        Files.writeString(scripts.resolve("a.sql"), "\\ir ../included.inc\n");
        Files.writeString(scripts.resolveSibling("included.inc"), "\\echo hello\nINSERT INTO t (v) VALUES ('third');");
        Files.writeString(scripts.resolveSibling(".hidden.sql"), "nonsense");
        Files.writeString(scripts.resolveSibling("README.md"), "nonsense");
        run(folder.resolve("scripts"));

        assertThat(value("SELECT string_agg(v, ' ' ORDER BY id) FROM t")).isEqualTo("first second third");
        assertThat(echoes).containsExactly("hello");
    }

    @Test
    void refusesWhatIsNoScriptBeforeAnythingHasRun() throws IOException {
        Path good = file("good.sql", "CREATE TABLE t ();");
        Path junk = folder.resolve("junk.dump");
        Files.write(junk, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0});
        assertThat(failure(good, junk)).hasMessageContaining("binary data");
        assertThat(failure(good, folder.resolve("absent.sql"))).hasMessageContaining("no such file");
        assertThat(failure(good, Files.createDirectory(folder.resolve("empty"))))
                .hasMessageContaining("can be run");
        assertThat(value("SELECT count(*) FROM pg_tables WHERE tablename = 't'"))
                .isEqualTo("0");
    }

    @Test
    void readsNoFilesThatAreNoneOfTheScripts() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("scripts/sub"));
        Path outside = Files.writeString(folder.resolve("outside.csv"), "secret\n");
        Files.writeString(scripts.resolve(".hidden.csv"), "secret\n");
        Files.writeString(scripts.resolve("fine.csv"), "fine\n");
        Files.createSymbolicLink(scripts.resolve("link.csv"), outside);
        Path script = scripts.resolveSibling("a.sql");
        for (String file :
                List.of("../outside.csv", outside.toString(), "sub/link.csv", "sub/.hidden.csv", "/etc/passwd")) {
            for (String command : List.of("\\copy t from '" + file + "'", "\\i " + file, "\\ir " + file)) {
                Files.writeString(script, "CREATE TABLE IF NOT EXISTS t (v text);\n" + command + "\n");
                assertThat(failure(script))
                        .as(command)
                        .satisfies(refused -> assertThat(refused.line()).isEqualTo(2))
                        .hasMessageMatching("(?s).*(a script may read files below|no such file).*");
            }
        }
        Files.writeString(script, "\\copy t from 'sub/fine.csv'\n");
        run(script);
        run(scripts.resolveSibling("."));

        assertThat(value("SELECT string_agg(v, ',') FROM t")).isEqualTo("fine,fine");
    }

    @Test
    void readsAPipeOnce() throws IOException {
        for (Path content : List.of(
                file("plain.sql", "CREATE TABLE t (i int);\n" + "INSERT INTO t VALUES (1);\n".repeat(9000)),
                zipped("zipped.sql", "-- " + "x".repeat(9000) + "\nINSERT INTO t VALUES (1);\n"))) {
            Path pipe = pipe(content.getFileName() + ".pipe");
            Thread writer = new Thread(() -> {
                try (OutputStream out = Files.newOutputStream(pipe)) {
                    Files.copy(content, out);
                } catch (IOException nobodyReads) {
                    throw new IllegalStateException(nobodyReads);
                }
            });
            writer.start();
            run(pipe);
        }

        assertThat(value("SELECT count(*) FROM t")).isEqualTo("9001");
    }

    private Path pipe(String name) throws IOException {
        Path pipe = folder.resolve(name);
        try {
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
        return pipe;
    }

    @Test
    void runsAFolderOnceWhateverLinksLeadToIt() throws IOException {
        Path scripts = Files.createDirectories(folder.resolve("scripts/sub"));
        Files.writeString(scripts.resolveSibling("a.sql"), "CREATE TABLE t (v text);");
        Files.writeString(scripts.resolve("b.sql"), "INSERT INTO t VALUES ('b');");
        Files.createSymbolicLink(scripts.resolve("self"), scripts.resolveSibling("."));
        Files.createSymbolicLink(scripts.resolveSibling("z"), scripts);
        Files.writeString(scripts.resolve("30-users.sh"), "touch proof");
        Files.writeString(scripts.resolve("old.sql.bak"), "nonsense");
        Files.writeString(scripts.resolve("README.md"), "nonsense");
        run(folder.resolve("scripts"));

        assertThat(value("SELECT string_agg(v, ',') FROM t")).isEqualTo("b");
        assertThat(notes).hasSize(1);
        assertThat(notes.get(0))
                .contains("left out: ")
                .contains("sub/30-users.sh")
                .contains("sub/old.sql.bak")
                .doesNotContain("README");
    }
}
