package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.model.Progress;
import dev.paddock.wire.WireConnection;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That scripts do here what they do with psql, which runs each beside if this machine has it. */
public abstract class PsqlContract {
    private static final String HERE = "script_here";
    private static final String BY_PSQL = "script_by_psql";
    private static final long PATIENCE_SECONDS = 30;

    /** Its sessions are a superuser's. */
    protected abstract ScriptTarget server();

    /** How a client of the same server finds it. */
    protected abstract Map<String, String> environment();

    static Stream<Arguments> scripts() {
        return Stream.of(
                script(
                        "values in the place of variables",
                        """
                        \\set n 5
                        \\set text 'it''s \\\\ \\'quoted\\''
                        \\set name 'My "Column'
                        \\set list 1 ',' 2;
                        INSERT INTO seen VALUES (:n + :n), (:'text'), (':n'), ($$:n$$), (:{?n}), (:{?m}), (:'list');
                        INSERT INTO seen VALUES ((ARRAY[1, 2, 3])[2:3]), (1::text), ('a:n');
                        CREATE TABLE :"name" (":n" int); /* :n */ -- :n
                        INSERT INTO seen SELECT attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                          WHERE relname = :'name' AND attnum > 0;
                        \\unset n
                        INSERT INTO seen VALUES (:{?n});
                        """,
                        "10|it's \\ 'quoted'|:n|:n|true|false|1,2;|{2,3}|1|a:n|:n|false"),
                script("one variable within another", """
                        \\set one 'INSERT INTO seen VALUES (:two); INSERT INTO seen VALUES'
                        \\set two 2
                        :one (3);
                        \\set three :two :two
                        INSERT INTO seen VALUES (:three);
                        """, "2|3|22"),
                script("how the statement before went", """
                        INSERT INTO seen VALUES ('a'), ('b');
                        INSERT INTO seen VALUES (:'ROW_COUNT');
                        INSERT INTO seen SELECT 'x' FROM generate_series(1, 3);
                        UPDATE seen SET v = 100 + :ROW_COUNT WHERE v = 'x';
                        INSERT INTO seen VALUES (:'ERROR'), (:'SQLSTATE');
                        """, "a|b|2|103|103|103|false|00000"),
                script("an end within a branch", """
                        \\if true
                          INSERT INTO seen VALUES ('first');
                          \\q
                        \\endif
                        INSERT INTO seen VALUES ('never');
                        """, "first"),
                script("branches", """
                        \\set yes on
                        \\if :yes
                          \\if false
                            INSERT INTO seen VALUES ('wrong');
                          \\elif 1
                            INSERT INTO seen VALUES ('elif');
                          \\elif true
                            INSERT INTO seen VALUES ('wrong');
                          \\else
                            INSERT INTO seen VALUES ('wrong');
                            SELECT 'no; \\x :undefined';
                            \\! touch wrong
                            \\copy nowhere from program 'touch wrong'
                            \\set yes off
                          \\endif
                          INSERT INTO seen VALUES ('after');
                        \\else
                          \\if true
                            INSERT INTO seen VALUES ('wrong');
                          \\endif
                          INSERT INTO seen VALUES ('wrong');
                        \\endif
                        \\if neither
                          INSERT INTO seen VALUES ('wrong');
                        \\else
                          INSERT INTO seen VALUES ('else');
                        \\endif
                        INSERT INTO seen VALUES (:'yes');
                        """, "elif|after|else|on"),
                script("branches within a statement", """
                        INSERT INTO seen VALUES ('a')
                        \\if no
                          , ('wrong'); INSERT INTO seen VALUES ((('wrong')
                        \\else
                          , ('b')
                        \\endif
                        , ('c')
                        \\if yes
                          , ('d');
                        \\endif
                        INSERT INTO seen VALUES ('e');
                        """, "a|b|c|d|e"),
                script("answers that become variables", """
                        SELECT 1 AS one, 'it''s' AS text, NULL AS nothing \\gset
                        \\set my_nothing something
                        SELECT 2 AS two, NULL AS nothing
                        \\gset my_
                        INSERT INTO seen VALUES (:one), (:'text'), (:my_two), (:{?nothing}), (:{?my_nothing});
                        SELECT 3 AS three;
                        \\gset
                        INSERT INTO seen VALUES (:three) RETURNING v AS inserted \\gset
                        INSERT INTO seen VALUES (:'inserted');
                        """, "1|it's|2|false|false|3|3"),
                script("answers that are statements", """
                        SELECT 'INSERT INTO seen VALUES (' || i || ')', CASE i WHEN 2 THEN NULL ELSE
                          format('INSERT INTO seen VALUES (%L)', ':n' || i) END FROM generate_series(1, 3) i ORDER BY i
                        \\gexec
                        SELECT 'CREATE TABLE t' || i || '()' FROM generate_series(1, 2) i;
                        \\gexec
                        INSERT INTO seen SELECT count(*) FROM pg_tables WHERE tablename IN ('t1', 't2');
                        """, "1|:n1|2|3|:n3|2"),
                script("statements that end otherwise", """
                        INSERT INTO seen VALUES ('g') \\g
                        \\g
                        INSERT INTO seen VALUES ('gx') \\gx (format=csv) /dev/null
                        SELECT nonsense
                        \\r
                        SELECT 1 AS described \\gdesc
                        INSERT INTO seen VALUES ('two')\\; INSERT INTO seen VALUES ('at once');
                        INSERT \\echo in between
                          INTO seen VALUES ('whole');
                        \\x \\t \\\\ INSERT INTO seen VALUES ('same line');
                        INSERT INTO seen VALUES ('last') \\q
                        INSERT INTO seen VALUES ('wrong');
                        """, "g|g|gx|two|at once|whole|same line|last"),
                script("what is only for people", """
                        \\set ECHO all
                        \\set ON_ERROR_ROLLBACK on
                        \\d
                        \\dt+ seen
                        \\dn
                        \\df *.version
                        \\h SELECT 'unclosed
                        \\o /dev/null
                        \\o
                        \\p
                        \\timing off
                        \\pset null '(null)'
                        \\a \\t
                        \\conninfo
                        \\encoding UTF8;
                        \\sf version
                        \\setenv PAGER 'cat'
                        \\echo 'done' :n
                        INSERT INTO seen VALUES ('here');
                        """, "here"),
                script(
                        "data of the client",
                        """
                        CREATE TABLE "My.Rows" (id int, "from" text, n numeric DEFAULT 7);
                        \\copy "My.Rows" (id, "from") from 'tabs.csv' with (format csv, delimiter E'\\t', header);
                        \\copy public."My.Rows" FROM ./pipes.csv DELIMITER '|' NULL 'none';
                        \\copy "My.Rows" from stdin with (delimiter ',')
                        6,six; \\\\copy,6
                        \\.
                        COPY "My.Rows" FROM stdin \\g
                        7\tseven\t\\N
                        \\.
                        \\copy (select 'to' from "My.Rows") to stdout
                        INSERT INTO seen SELECT concat_ws('-', id, "from", n) FROM "My.Rows" ORDER BY id;
                        """,
                        "1-one 'quoted'-7|2-two\nlines-7|3-three|4-4|6-six; \\copy-6|7-seven"),
                script("files that a file includes", """
                        \\i part.sql;
                        \\ir 'sub/with space.sql'
                        \\cd sub
                        \\i deeper.sql
                        INSERT INTO seen VALUES (:'found');
                        """, "part|space|deeper|deep"),
                script(
                        "errors that the script goes on after",
                        """
                        \\set ON_ERROR_STOP off
                        INSERT INTO nowhere VALUES (1);
                        \\if :ERROR
                          INSERT INTO seen VALUES (:'SQLSTATE'), (:'LAST_ERROR_MESSAGE');
                        \\endif
                        SELECT 1 WHERE false \\gset
                        \\set ON_ERROR_ROLLBACK on
                        BEGIN;
                        INSERT INTO seen VALUES ('kept');
                        INSERT INTO seen SELECT 1 / 0;
                        INSERT INTO seen VALUES ('kept too');
                        COMMIT;
                        \\unset ON_ERROR_ROLLBACK
                        BEGIN;
                        INSERT INTO seen VALUES ('lost');
                        SELECT 1 / 0;
                        COMMIT;
                        \\set ON_ERROR_STOP on
                        UPDATE seen SET v = v;
                        INSERT INTO seen VALUES (:ROW_COUNT), (:'ERROR');
                        """,
                        "42P01|relation \"nowhere\" does not exist|kept|kept too|4|false"),
                script("transactions that begin by themselves", """
                        \\set AUTOCOMMIT off
                        INSERT INTO seen VALUES ('kept');
                        COMMIT;
                        INSERT INTO seen VALUES ('lost');
                        ROLLBACK;
                        VACUUM seen;
                        INSERT INTO seen VALUES ('kept too');
                        COMMIT;
                        """, "kept|kept too"));
    }

    private static Arguments script(String name, String text, String seen) {
        return Arguments.of(name, text, seen);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void doesWhatPsqlDoes(String name, String text, String seen, @TempDir Path folder) throws Exception {
        write(folder, "script.sql", text);
        write(folder, "tabs.csv", "id\tfrom\n1\t\"one 'quoted'\"\n2\t\"two\nlines\"\n");
        write(folder, "pipes.csv", "3|three|none\n4|none|4\n");
        write(folder, "part.sql", "INSERT INTO seen VALUES ('part')");
        write(folder, "sub/with space.sql", "\\set found deep\nINSERT INTO seen VALUES ('space');\n\\q\nnonsense");
        write(folder, "sub/deeper.sql", "INSERT INTO seen VALUES ('deeper');");
        begin(HERE);
        InitScripts.run(List.of(folder.resolve("script.sql")), target(), Progress.NONE);

        assertThat(seen(HERE)).isEqualTo(seen);
        assertThat(folder.resolve("wrong")).doesNotExist();
        assumeThat(psql()).as("psql on this machine, to compare with").isPresent();
        begin(BY_PSQL);
        runByPsql(folder);
        assertThat(seen(BY_PSQL)).as("by psql").isEqualTo(seen);
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void begin(String database) {
        try (WireConnection control = server().connect(server().database())) {
            control.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            control.execute("CREATE DATABASE " + database);
        }
        try (WireConnection connection = server().connect(database)) {
            connection.execute("CREATE TABLE seen (v text, id serial)");
        }
    }

    private String seen(String database) {
        try (WireConnection connection = server().connect(database)) {
            return connection
                    .query("SELECT string_agg(v, '|' ORDER BY id) FROM seen")
                    .get(0)
                    .get(0)
                    .orElse("");
        }
    }

    private static Optional<Path> psql() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "psql"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private void runByPsql(Path folder) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder command = new ProcessBuilder(
                        psql().orElseThrow().toString(),
                        "-Xq",
                        "--set=ON_ERROR_STOP=1",
                        "--dbname=" + BY_PSQL,
                        "--file=script.sql")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment().putAll(environment());
        command.environment().put("PGDATABASE", BY_PSQL);
        Process psql = command.start();
        try {
            assertThat(psql.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("psql ends")
                    .isTrue();
        } finally {
            psql.destroyForcibly();
        }
        assertThat(psql.exitValue())
                .as(Files.readString(output, StandardCharsets.UTF_8))
                .isZero();
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
                return HERE;
            }
        };
    }
}
