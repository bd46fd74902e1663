package dev.paddock.script;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.model.Progress;
import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users see of scripts, on a real server. Each engine's tests extend it. */
public abstract class InitScriptContract {
    private static final String DATABASE = "script_contract";

    private Path folder = Path.of("");

    private final List<String> roles = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> echoes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** A server to work on, the same for all tests if that is quicker; its sessions are a superuser's. */
    protected abstract ScriptTarget server();

    @BeforeEach
    void begin(@TempDir Path temporary) {
        folder = temporary;
        beginInAnEmptyDatabase();
    }

    private void beginInAnEmptyDatabase() {
        try (WireConnection control = server().connect(server().database())) {
            control.execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            control.execute(
                    "CREATE DATABASE " + DATABASE + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            control.execute("DROP ROLE IF EXISTS dump_owner, \"dump Läser\"");
        }
    }

    @Test
    void runsAPlainDumpAsPgDumpWritesIt() throws IOException {
        run(file("dump.sql", """
                --
                -- PostgreSQL database dump
                --

                \\restrict aB3

                SET statement_timeout = 0;
                SET transaction_timeout = 0;
                SET client_encoding = 'UTF8';
                SET standard_conforming_strings = on;
                SELECT pg_catalog.set_config('search_path', '', false);

                CREATE TABLE public."Übung" (
                    id integer NOT NULL,
                    note text
                );

                CREATE FUNCTION public.twice(i integer) RETURNS integer
                    LANGUAGE sql
                    BEGIN ATOMIC
                 SELECT CASE WHEN i > 0 THEN i * 2 ELSE 0 END;
                END;

                COPY public."Übung" (id, note) FROM stdin;
                1	erste; 'Zeile'
                2	\\N
                \\.


                \\unrestrict aB3
                """));

        assertThat(value("SELECT string_agg(id || coalesce(note, '-'), ',' ORDER BY id) FROM \"Übung\""))
                .isEqualTo("1erste; 'Zeile',2-");
        assertThat(value("SELECT twice(21)")).isEqualTo("42");
    }

    @Test
    void leavesNothingOutOfManyInserts() throws IOException {
        StringBuilder script = new StringBuilder("CREATE TABLE t (i int);\n");
        for (int i = 1; i <= 5000; i++) {
            script.append("INSERT INTO t VALUES (").append(i).append(");\n");
        }
        run(file("inserts.sql", script.toString()));

        assertThat(value("SELECT count(*) || ' ' || sum(i) FROM t")).isEqualTo("5000 12502500");
    }

    @Test
    void keepsWhatCameBeforeAWrongInsertAndNothingAfter() throws IOException {
        StringBuilder script = new StringBuilder("CREATE TABLE t (i int CHECK (i <> 70));\n");
        for (int i = 1; i <= 100; i++) {
            script.append("INSERT INTO t\n  VALUES (").append(i).append(");\n");
        }
        ScriptException failure = failure(file("inserts.sql", script.toString()));

        assertThat(failure.line()).isEqualTo(2 + 69 * 2);
        assertThat(failure).hasMessageContaining("t_i_check").hasMessageContaining("VALUES (70)");
        assertThat(value("SELECT count(*) FROM t")).isEqualTo("69");
    }

    @Test
    void namesTheWrongInsertWithinATransaction() throws IOException {
        String script = """
                CREATE TABLE t (i int CHECK (i > 0));
                BEGIN;
                INSERT INTO t VALUES (1);
                INSERT INTO t VALUES (2);
                INSERT INTO t VALUES (-3);
                INSERT INTO t VALUES (4);
                COMMIT;
                """;
        assertThat(failure(file("runtime.sql", script)).line()).isEqualTo(5);
        beginInAnEmptyDatabase();
        assertThat(failure(file("syntax.sql", script.replace("(-3)", "(-3"))).line())
                .isEqualTo(5);
        assertThat(value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void namesFileLineStatementAndReason() throws IOException {
        ScriptException failure = failure(
                file("broken.sql", "SELECT 1;\n\n-- why\nSELECT 'ä',\n  nonsense\nFROM pg_class;\nSELECT 2;\n"));

        assertThat(failure.file()).hasFileName("broken.sql");
        assertThat(failure.line()).isEqualTo(4);
        assertThat(failure)
                .hasMessageContaining("broken.sql, line 4: column \"nonsense\" does not exist (line 5)")
                .hasMessageContaining("in: SELECT 'ä', nonsense FROM pg_class;");
    }

    @Test
    void namesTheLineOfWrongCopyData() throws IOException {
        ScriptException failure = failure(
                file("copy.sql", "CREATE TABLE t (i int);\nCOPY t FROM stdin;\n1\n2\nthree\n4\n\\.\nSELECT 1;\n"));

        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("(line 5)").hasMessageContaining("\"three\"");
    }

    @Test
    void stopsSendingCopyDataThatTheServerRefused() throws IOException {
        Path script = folder.resolve("large.sql");
        byte[] line = "x\n".repeat(500_000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(script)) {
            out.write("CREATE TABLE t (i int);\nCOPY t FROM stdin;\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 20; i++) {
                out.write(line);
            }
        }
        List<Long> seen = new ArrayList<>();
        assertThatThrownBy(() -> InitScripts.run(
                        List.of(script), target(), (activity, done, total) -> seen.add(done), ScriptListener.NONE))
                .hasMessageContaining("(line 3)");
        assertThat(seen.get(seen.size() - 1)).isLessThan(Files.size(script));
    }

    @Test
    void survivesATriggerThatTalksDuringCopy() throws IOException {
        StringBuilder script = new StringBuilder("""
                CREATE TABLE t (i int);
                CREATE FUNCTION talk() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE NOTICE '%', repeat('x', 2000); RETURN NEW; END; $$;
                CREATE TRIGGER talks BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION talk();
                COPY t FROM stdin;
                """);
        script.append("1\n".repeat(20_000)).append("\\.\n");
        run(file("talk.sql", script.toString()));

        assertThat(value("SELECT count(*) FROM t")).isEqualTo("20000");
    }

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
    void connectsAsADumpOfAWholeServerDoes() throws IOException {
        run(file("all.sql", """
                CREATE ROLE postgres;
                CREATE ROLE dump_owner;
                CREATE DATABASE script_contract;
                \\connect -reuse-previous=on "dbname='template1'"
                CREATE TABLE IF NOT EXISTS pg_temp.elsewhere ();
                \\connect script_contract
                CREATE TABLE here AS SELECT current_database() AS d;
                """));

        assertThat(value("SELECT d FROM here")).isEqualTo(DATABASE);
        assertThat(leftOut).hasSize(2);
    }

    @Test
    void createsRolesThatADumpNames() throws IOException {
        run(file("owned.sql", """
                CREATE TABLE t ();
                ALTER TABLE t OWNER TO dump_owner;
                GRANT SELECT ON t TO dump_owner, "dump Läser";
                """));

        assertThat(roles).containsExactly("dump_owner", "dump Läser");
        assertThat(value("SELECT tableowner FROM pg_tables WHERE tablename = 't'"))
                .isEqualTo("dump_owner");
        assertThat(value("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'dump Läser'"))
                .isEqualTo("f");
        assertThat(failure(file("typo.sql", "ALTER ROLE nobody_there LOGIN;"))).hasMessageContaining("does not exist");
        assertThat(failure(file("type.sql", "ALTER TABLE t ADD c nothing_like_it;")))
                .hasMessageContaining("type");
    }

    @Test
    void tellsFromWhichLineTheServerWasLost() throws IOException {
        assertThat(failure(file("lost.sql", "SELECT 1;\n\nSELECT pg_terminate_backend(pg_backend_pid());\n")))
                .hasMessageContaining("lost.sql, line 3");
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
        try (InputStream bundled = requireNonNull(InitScriptContract.class.getResourceAsStream("tiny.dump"))) {
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
    void saysWhichLineForPsqlItCannotFollow() throws IOException {
        assertThat(failure(file("shell.sql", "SELECT 1;\n\\! ls\n"))).hasMessageContaining("shell.sql, line 2");
        assertThat(failure(file("asks.sql", "SELECT 1;\n\\prompt 'name?' name\n")))
                .hasMessageContaining("asks.sql, line 2")
                .satisfies(asked -> assertThat(asked.hint().orElseThrow())
                        .contains("paddock run -- psql -v ON_ERROR_STOP=1 -f '" + folder.resolve("asks.sql") + "'"));
        assertThat(failure(file("keyed.sql", "\\restrict key\n\\connect template1\n")))
                .hasMessageContaining("line 2");
        assertThat(failure(file("nowhere.sql", "SELECT 1;\n\\connect nowhere_at_all\n")))
                .hasMessageContaining("line 2")
                .hasMessageContaining("does not exist");
        run(file("fine.sql", "\\set ON_ERROR_STOP on\n\\timing\n\\l\n\\du+\nSELECT 1;\n\\q\nnonsense"));
    }

    @Test
    void runsAScriptThatDropsMakesAndEntersItsDatabase() throws IOException {
        String other = DATABASE + "_other";
        run(file("shop.sql", """
                SET client_encoding = 'LATIN1';
                DROP DATABASE IF EXISTS script_contract_other;
                DROP DATABASE IF EXISTS script_contract;
                CREATE DATABASE script_contract_other;
                CREATE DATABASE script_contract TEMPLATE template0 ENCODING 'UTF8';
                \\c script_contract_other;
                CREATE TABLE here AS SELECT current_database() AS d;
                \\c "script_contract";;
                CREATE TABLE t AS SELECT current_database() AS d;
                """));

        assertThat(value("SELECT d FROM t")).isEqualTo(DATABASE);
        try (WireConnection connection = server().connect(other)) {
            assertThat(connection.query("SELECT d FROM here").get(0).get(0)).contains(other);
        }
        try (WireConnection control = server().connect(server().database())) {
            control.execute("DROP DATABASE " + other + " WITH (FORCE)");
        }
    }

    @Test
    void connectsAsAnotherUser() throws IOException {
        run(file("as.sql", """
                CREATE ROLE dump_owner LOGIN;
                GRANT CREATE ON SCHEMA public TO dump_owner;
                CREATE SCHEMA app AUTHORIZATION dump_owner;
                ALTER ROLE dump_owner SET search_path = app;
                \\c - dump_owner
                CREATE TABLE theirs ();
                \\c script_contract
                CREATE TABLE theirs_too ();
                \\c - postgres
                CREATE TABLE t AS SELECT string_agg(schemaname || tableowner, ',') AS v FROM pg_tables
                    WHERE tablename LIKE 'theirs%';
                DROP SCHEMA app CASCADE; REVOKE CREATE ON SCHEMA public FROM dump_owner;
                """));

        assertThat(value("SELECT v FROM t")).isEqualTo("appdump_owner,appdump_owner");
        assertThat(failure(file("nobody.sql", "\\c - nobody_there\n"))).hasMessageContaining("nobody_there");
        for (String elsewhere :
                List.of("\\c - - db.example.com", "\\c \"host=db.example.com\"", "\\c postgresql://h/d")) {
            assertThat(failure(file("elsewhere.sql", elsewhere))).hasMessageContaining("another server");
        }
    }

    @Test
    void leavesOutWhatADumpDropsAndANewServerLacks() throws IOException {
        String dump = """
                --
                -- PostgreSQL database dump
                --
                ALTER TABLE ONLY public.b DROP CONSTRAINT b_a_fkey;
                DROP INDEX public.b_i;
                DROP FUNCTION public.f();
                DROP TYPE public.mood;
                DROP TABLE public.b;
                DROP SCHEMA app;
                CREATE SCHEMA app;
                """;
        run(file("clean.sql", dump));

        assertThat(leftOut).hasSize(6);
        assertThat(failure(file("own.sql", "DROP TABLE public.b;\n"))).hasMessageContaining("does not exist");
        assertThat(failure(file("wrong.sql", dump.replace("CREATE SCHEMA app", "CREATE TABLE app.t ()"))))
                .hasMessageContaining("schema \"app\" does not exist");
    }

    @Test
    void refusesWhatRunsProgramsWritesFilesOrAsks() throws IOException {
        Path proof = folder.resolve("proof");
        for (String command : List.of(
                "\\! touch proof",
                "\\o |touch proof",
                "SELECT 1 \\g |touch proof",
                "\\set x `touch proof`",
                "\\copy t from program 'touch proof'",
                "\\copy (select 1) to program 'cat > proof'",
                "\\copy (select 1) to 'proof'",
                "\\w proof",
                "\\s proof",
                "\\e",
                "\\prompt x",
                "\\password",
                "\\getenv x PATH",
                "\\lo_import proof",
                "SELECT 1 \\watch",
                "\\if `touch proof`",
                "\\nonsense")) {
            ScriptException refused =
                    failure(file("refused.sql", "\n" + command.replace("proof", proof.toString()) + "\n"));
            assertThat(refused.line()).as(command).isEqualTo(2);
            assertThat(refused.hint().orElse("")).as(command).contains("paddock run -- psql ");
        }
        assertThat(proof).doesNotExist();
        assertThat(failure(file("out.sql", "\\o gen.sql\nSELECT 'x';\n\\o\n\\i gen.sql\n")))
                .hasMessageContaining("out.sql, line 4")
                .hasMessageContaining("psql would have written");
        assertThat(failure(file("open.sql", "\\if yes\nSELECT 1;\n"))).hasMessageContaining("inside an \\if");
        assertThat(failure(file("none.sql", "\\endif\n"))).hasMessageContaining("no \\if before it");
        assertThat(failure(file("twice.sql", "\\if no\n\\else\n\\else\n"))).hasMessageContaining("after \\else");
        assertThat(failure(file("rows.sql", "SELECT 1 FROM generate_series(1, 2) \\gset\n")))
                .hasMessageContaining("more than one row");
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

    private void run(Path... inputs) {
        InitScripts.run(List.of(inputs), target(), new Notes(), new Listening());
    }

    private ScriptException failure(Path... inputs) {
        ScriptException failure = catchThrowableOfType(ScriptException.class, () -> run(inputs));
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }

    private String value(String sql) {
        try (WireConnection connection = server().connect(DATABASE)) {
            return connection.query(sql).get(0).get(0).orElse("NULL");
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path zipped(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private ScriptTarget target() {
        ScriptTarget server = server();
        return new ScriptTarget() {
            @Override
            public WireConnection connect(String user, String database) {
                return server.connect(user, database);
            }

            @Override
            public String user() {
                return server.user();
            }

            @Override
            public String database() {
                return DATABASE;
            }
        };
    }

    private final class Notes implements Progress {
        @Override
        public void advance(String activity, long done, long total) {}

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }

    private final class Listening implements ScriptListener {
        @Override
        public void roleCreated(String role) {
            roles.add(role);
        }

        @Override
        public void leftOut(String statement, String reason) {
            leftOut.add(statement);
        }

        @Override
        public void echoed(String text) {
            echoes.add(text);
        }
    }
}
