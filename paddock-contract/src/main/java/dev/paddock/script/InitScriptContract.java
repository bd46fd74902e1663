package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users see of the statements in scripts, and of those that fail, on a real server. */
public abstract class InitScriptContract extends ScriptContract {
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
    void tellsFromWhichLineTheServerWasLost() throws IOException {
        assertThat(failure(file("lost.sql", "SELECT 1;\n\nSELECT pg_terminate_backend(pg_backend_pid());\n")))
                .hasMessageContaining("lost.sql, line 3");
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
}
