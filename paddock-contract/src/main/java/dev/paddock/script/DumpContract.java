package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.wire.WireConnection;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the dumps of {@code pg_dump} and {@code pg_dumpall} run as they are: their databases, users and roles included. */
public abstract class DumpContract extends ScriptContract {
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
                ALTER ROLE dump_owner IN DATABASE script_contract SET work_mem TO '7MB';
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
                \\c :"DBNAME" :"USER"
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
                SELECT pg_catalog.lo_unlink('16637');
                CREATE SCHEMA app;
                """;
        run(file("clean.sql", dump));

        assertThat(leftOut).hasSize(7);
        assertThat(failure(file("own.sql", "DROP TABLE public.b;\n"))).hasMessageContaining("does not exist");
        assertThat(failure(file("wrong.sql", dump.replace("CREATE SCHEMA app", "CREATE TABLE app.t ()"))))
                .hasMessageContaining("schema \"app\" does not exist");
    }
}
