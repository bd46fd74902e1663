package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.wire.ClientEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementLexerTest {
    private final Variables variables = new Variables();

    private StatementLexer lexer(ScriptText text) {
        return new StatementLexer(text, new Interpolation(variables, () -> StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s; fine'",
                "SELECT 'backslash \\'",
                "SELECT E'quote \\'; and \\\\'",
                "SELECT e'a\\'' 'b'",
                "SELECT E'a'\n  'b\\';'",
                "SELECT E'a' -- why\n  'b\\';'",
                "SELECT U&'\\0061;'",
                "SELECT B'01;', X'ff;', N'x;'",
                "SELECT \"a;b\", \"a\"\";\"",
                "SELECT U&\"d\\0061;t\"",
                "SELECT $$a;b$$",
                "SELECT $a$ ; $b$ ; $$ ; $a$",
                "SELECT $a$ $ab$ $a$",
                "SELECT $größe$ ; $größe$",
                "SELECT $_1$;$_1$",
                "SELECT a$b$c FROM t",
                "SELECT a$$b FROM t",
                "SELECT $1, $2",
                "SELECT 1 /* ; /* nested ; */ still ; */ + 2",
                "SELECT 1 -- ; comment\n + 2",
                "SELECT 5 - -3, 5 / 2, 2 * 3, a->>'x;' FROM t",
                "SELECT '/*', \"--\", $$--$$",
                "CREATE RULE r AS ON INSERT TO t DO ( INSERT INTO a VALUES (1); INSERT INTO b VALUES (2); )",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "create or replace procedure p(a int) language sql begin atomic insert into t values (a); end",
                "CREATE PROCEDURE \"a\".\"b\"() BEGIN ATOMIC SELECT 1; END",
                "CREATE FUNCTION f(i int) RETURNS text BEGIN ATOMIC SELECT CASE WHEN i > 0 THEN CASE i WHEN 1 THEN 'a;'"
                        + " END ELSE 'b' END; SELECT 'x'; END",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT t.end, 1 AS end, 2 \"end\" FROM t; SELECT 1; END",
                "CREATE FUNCTION \"begin\"() RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'",
                "CREATE FUNCTION begin() RETURNS int AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql",
                "CREATE TABLE begin_atomic (\"case\" int)",
                "BEGIN",
                "SELECT CASE WHEN true THEN 1 END",
                "SELECT 'größe; ✓ 😀'",
            })
    void findsTheEndOfOneStatement(String statement) throws IOException {
        assertThat(split(statement + ";\nSELECT 'next';")).containsExactly(statement + ";", "SELECT 'next';");
        assertThat(split(statement)).containsExactly(statement);
        assertThat(splitByByte(statement + "; SELECT 'next'")).containsExactly(statement + ";", "SELECT 'next'");
    }

    @Test
    void dropsCommentsAndSpaceBetweenStatements() throws IOException {
        assertThat(split("-- one\r\n\r\n  -- two\nSELECT 1;;\n ; -- three\nSELECT 2; -- end"))
                .containsExactly("SELECT 1;", "SELECT 2;");
        assertThat(split("/* only a comment */ -- and another")).isEmpty();
        assertThat(split("")).isEmpty();
    }

    @Test
    void readsBackslashesInStringsWhereTheSessionSaysSo() throws IOException {
        assertThat(split("SELECT 'a\\';b'; SELECT 2;", StandardCharsets.UTF_8, false, ClientEncoding.UTF8))
                .containsExactly("SELECT 'a\\';b';", "SELECT 2;");
    }

    @Test
    void knowsBytesThatOnlyLookLikeAscii() throws IOException {
        // The second byte of 表 in SJIS and of 誠 in BIG5 is a backslash, that of 乗 in GB18030 a backslash too.
        for (String[] sample : new String[][] {
            {"windows-31j", "SJIS", "表"}, {"Big5", "BIG5", "誠"}, {"GB18030", "GB18030", "乗"},
        }) {
            String text = "SELECT E'" + sample[2] + "'; SELECT " + sample[2] + " FROM t;";
            assertThat(split(text, Charset.forName(sample[0]), true, ClientEncoding.of(sample[1])))
                    .as(sample[1])
                    .containsExactly("SELECT E'" + sample[2] + "';", "SELECT " + sample[2] + " FROM t;");
        }
    }

    @Test
    void leavesLinesForPsqlToOthers() throws IOException {
        StatementLexer lexer = lexer(text("SELECT 1;\n\\connect x\n", 16));

        assertThat(lexer.next()).isEqualTo(Unit.STATEMENT);
        assertThat(lexer.next()).isEqualTo(Unit.META);
        StatementLexer within = lexer(text("SELECT 1 \\gset", 16));
        assertThat(within.next()).isEqualTo(Unit.META);
        assertThat(within.isWithinStatement()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'a;", "SELECT \"a;", "SELECT $x$ a; $$", "SELECT /* a; /* b */", "SELECT E'a\\';"})
    void noticesWhatIsNeverClosed(String statement) {
        assertThatThrownBy(() -> split("SELECT 1;\n" + statement))
                .isInstanceOf(UnclosedException.class)
                .hasMessageContaining("the file ends inside");
    }

    @Test
    void refusesBinaryData() {
        assertThatThrownBy(() -> split("SELECT \0;")).hasMessageContaining("not text");
        assertThatThrownBy(() -> split("SELECT '\0';")).hasMessageContaining("not text");
    }

    @Test
    void putsValuesInThePlaceOfVariables() throws IOException {
        variables.set("n", "42");
        variables.set("two", "1; SELECT 2");
        variables.set("again", "x + :again");
        variables.set("text", "it's \\");
        variables.set("größe", "g");

        assertThat(split("SELECT :n + :n;")).containsExactly("SELECT 42 + 42;");
        assertThat(split("SELECT :two;")).containsExactly("SELECT 1;", "SELECT 2;");
        assertThat(splitByByte("SELECT :again, :n, :größe;")).containsExactly("SELECT x + :again, 42, g;");
        assertThat(split("SELECT :'text', :\"n\";")).containsExactly("SELECT  E'it''s \\\\', \"42\";");
        assertThat(split("SELECT :{?n}, :{?m}, :m, :'m';")).containsExactly("SELECT TRUE, FALSE, :m, :'m';");
        assertThat(split("SELECT ':n', \":n\", $$:n$$, 1::n, a[1:n], a := 1 /* :n */ -- :n\n;"))
                .containsExactly("SELECT ':n', \":n\", $$:n$$, 1::n, a[142], a := 1 /* :n */ -- :n\n;");
        assertThat(split("SELECT 1\\; SELECT \\:n;")).containsExactly("SELECT 1; SELECT :n;");
    }

    private List<String> split(String script) throws IOException {
        return split(script, StandardCharsets.UTF_8, true, ClientEncoding.UTF8);
    }

    private List<String> splitByByte(String script) throws IOException {
        return split(script, StandardCharsets.UTF_8, true, ClientEncoding.UTF8, 1);
    }

    private List<String> split(String script, Charset charset, boolean standard, ClientEncoding encoding)
            throws IOException {
        return split(script, charset, standard, encoding, 4096);
    }

    private List<String> split(String script, Charset charset, boolean standard, ClientEncoding encoding, int block)
            throws IOException {
        ScriptText text = new ScriptText(new ByteArrayInputStream(script.getBytes(charset)), block);
        StatementLexer lexer = lexer(text);
        lexer.adopt(standard, encoding);
        List<String> statements = new ArrayList<>();
        while (lexer.next() == Unit.STATEMENT) {
            int from = text.mark() + lexer.firstToken();
            statements.add(new String(text.bytes(), from, text.position() - from, charset));
        }
        return statements;
    }

    private static ScriptText text(String script, int block) {
        return new ScriptText(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), block);
    }
}
