package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private final Variables variables = new Variables();

    private CommandLine command(String line) throws IOException {
        ScriptText text = new ScriptText(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), 1);
        text.read();
        Interpolation interpolation = new Interpolation(variables, () -> StandardCharsets.UTF_8);
        return CommandLine.read(
                new ScriptSource(Path.of("x.sql"), true, InputStream.nullInputStream()),
                text,
                interpolation,
                new Conditions(new StatementLexer(text, interpolation)),
                1);
    }

    @Test
    void readsArgumentsAsPsqlDoes() throws IOException {
        variables.set("v", "a b");

        assertThat(command("\\echo 'it''s' \"a b\" plain;\nnext").arguments())
                .containsExactly("it's", "\"a b\"", "plain;");
        assertThat(command("\\echo 'a\\nb\\x41\\101\\'' x'y'z ''").arguments()).containsExactly("a\nbAA'", "xyz", "");
        assertThat(command("\\echo :v :'v' :\"v\" :{?v} ':v' x:v :w").arguments())
                .containsExactly("a b", "'a b'", "\"a b\"", "TRUE", ":v", "xa b", ":w");
        assertThat(command("\\echo one\\echo two").arguments()).containsExactly("one");
    }

    @Test
    void dropsTheSemicolonsThatHabitPutsBehindNames() throws IOException {
        assertThat(command("\\c d1;").sqlName()).contains("d1");
        assertThat(command("\\c \"My;\"\"Db;\";;").sqlName()).contains("My;\"Db;");
        assertThat(command("\\i 'a;.sql';").argumentWithoutSemicolon()).contains("a;.sql");
        assertThat(command("\\i ;").argumentWithoutSemicolon()).isEmpty();
        assertThat(command("\\i").argumentWithoutSemicolon()).isEmpty();
    }

    @Test
    void refusesToRunAProgramForAnArgument() {
        assertThatThrownBy(() -> command("\\set x `id`").arguments()).hasMessageContaining("runs a program");
        assertThatThrownBy(() -> command("\\echo 'open\n'").arguments()).hasMessageContaining("ends within quotes");
    }

    @Test
    void findsTheDatabaseOfAConnectAsPgDumpWritesIt() throws IOException {
        CommandLine connect = command("\\connect -reuse-previous=on \"dbname='it\\'s a \\\\ db'\"");

        assertThat(connect.sqlName()).contains("-reuse-previous=on");
        assertThat(Connect.parameter(connect.sqlName().orElseThrow(), "dbname")).isEqualTo("it's a \\ db");
        assertThat(Connect.parameter("host=h dbname=plain", "dbname")).isEqualTo("plain");
        assertThat(Connect.parameter("host=h", "dbname")).isEmpty();
    }

    @Test
    void findsTheFileOfACopyAsPsqlDoes() {
        assertThat(ClientCopy.parse("t from 'it''s.csv' csv;"))
                .isEqualTo(new ClientCopy(ClientCopy.Kind.FROM_FILE, "COPY t FROM STDIN csv;", "it's.csv"));
        assertThat(ClientCopy.parse("S.\"from\" (a, \"to\") FROM ./f.csv; "))
                .isEqualTo(new ClientCopy(
                        ClientCopy.Kind.FROM_FILE, "COPY S.\"from\" (a, \"to\") FROM STDIN;", "./f.csv"));
        assertThat(ClientCopy.parse("(select 'to' from t where a in ('x from')) to stdout with csv")
                        .statement())
                .isEqualTo("COPY (select 'to' from t where a in ('x from')) TO STDOUT with csv");
        assertThat(ClientCopy.parse("t from program 'id'").kind()).isEqualTo(ClientCopy.Kind.PROGRAM);
        assertThat(ClientCopy.parse("t from 'stdin'").kind()).isEqualTo(ClientCopy.Kind.FROM_FILE);
        assertThat(ClientCopy.parse("t to 'x'").kind()).isEqualTo(ClientCopy.Kind.TO_FILE);
        assertThat(ClientCopy.parse("from x").kind()).isEqualTo(ClientCopy.Kind.MALFORMED);
        assertThat(ClientCopy.parse("t from 'x").kind()).isEqualTo(ClientCopy.Kind.MALFORMED);
    }
}
