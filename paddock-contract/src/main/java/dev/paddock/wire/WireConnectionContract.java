package dev.paddock.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A session with a real server. Each engine's tests extend it. */
public abstract class WireConnectionContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Where the superuser postgres is trusted. */
    protected abstract SocketAddress trusted();

    /** Where the same server asks for a password by SCRAM-SHA-256. */
    protected abstract SocketAddress guarded();

    @Test
    void tellsNullFromNothing() {
        try (WireConnection connection = open()) {
            assertThat(connection.query("VALUES ('ä', NULL), ('', 'b')"))
                    .containsExactly(
                            List.of(Optional.of("ä"), Optional.empty()), List.of(Optional.of(""), Optional.of("b")));
            assertThat(connection.query("SELECT 1 WHERE false")).isEmpty();
        }
    }

    /** As a program gives that has taken the server's place. */
    @Test
    void anAnswerOfAnotherShapeIsAFailureAndNoBug() {
        try (WireConnection connection = open()) {
            assertThat(connection.cell("SELECT 'ä'")).isEqualTo("ä");
            assertThat(connection.number("SELECT 7")).isEqualTo(7);
            for (String other : List.of(
                    "SELECT 1 WHERE false", "SELECT 1, 2", "VALUES (1), (2)", "SELECT 'seven'", "SET seed = 0")) {
                assertThatThrownBy(() -> connection.number(other))
                        .isInstanceOf(PaddockException.class)
                        .hasMessageContaining("PostgreSQL doesn't give, to " + other);
            }
        }
    }

    @Test
    void goesOnAfterAnError() {
        try (WireConnection connection = open()) {
            ServerErrorException error = catchThrowableOfType(
                    ServerErrorException.class, () -> connection.execute("SELECT 1; SELECT 'ä', nonsense"));
            assertThat(error.sqlState()).isEqualTo("42703");
            assertThat(error.severity()).isEqualTo("ERROR");
            assertThat(error.serverMessage()).isEqualTo("column \"nonsense\" does not exist");
            assertThat(error.position()).hasValue(23);
            assertThat(connection.query("SELECT 2")).hasSize(1);
        }
    }

    @Test
    void followsWhatTheServerReports() {
        try (WireConnection connection = open()) {
            connection.execute("SET client_encoding = 'LATIN1'; SET standard_conforming_strings = off");
            assertThat(connection.parameter("client_encoding")).contains("LATIN1");
            assertThat(connection.parameter("standard_conforming_strings")).contains("off");
            assertThat(connection.query("SELECT chr(228)")).containsExactly(List.of(Optional.of("ä")));
        }
    }

    @Test
    void handsNoticesToWhoeverListens() {
        List<String> heard = new ArrayList<>();
        try (WireConnection connection = open()) {
            connection.listen(notice -> heard.add(notice.severity() + " " + notice.message()));
            connection.execute("DO $$ BEGIN RAISE NOTICE 'well'; RAISE WARNING 'hm'; END $$");
        }
        assertThat(heard).containsExactly("NOTICE well", "WARNING hm");
    }

    @Test
    void copiesBlocksCutAnywhere() {
        byte[] data = "one\ntwo\nthree\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        try (WireConnection connection = open()) {
            connection.execute("CREATE TEMP TABLE t (v text)");
            byte[] sql = "COPY t FROM STDIN".getBytes(StandardCharsets.US_ASCII);
            connection.send(sql, 0, sql.length);
            assertThat(connection.receive()).isEqualTo(Reply.COPY_IN);
            try (CopyIn copy = connection.copyIn()) {
                for (int at = 0; at < data.length; at += 7777) {
                    assertThat(copy.write(data, at, Math.min(7777, data.length - at)))
                            .isTrue();
                }
                copy.end();
            }
            assertThat(connection.receive()).isEqualTo(Reply.DONE);
            assertThat(connection.query("SELECT count(*) FROM t WHERE v IN ('one', 'two', 'three')"))
                    .containsExactly(List.of(Optional.of("60000")));
        }
    }

    @Test
    void refusesToFeedACopyThatNobodyHasDataFor() {
        try (WireConnection connection = open()) {
            connection.execute("CREATE TEMP TABLE t (v text)");
            assertThatThrownBy(() -> connection.execute("COPY t FROM STDIN")).hasMessageContaining("no data here");
            assertThat(connection.query("SELECT 1")).hasSize(1);
        }
    }

    @Test
    void logsInByVerifierAndByStretchedPassword() {
        try (WireConnection control = open()) {
            for (String password : List.of(
                    "plain-1",
                    "mit Ümläuten ½",
                    "x".repeat(200),
                    "I\u00adX \u2168",
                    "wide\u3000space \u200b",
                    "½ \u0341",
                    "½ \ud83d\ude00",
                    "\u00ad",
                    "\u0627½\u0628",
                    "\u06271½",
                    "½\u0007")) {
                control.execute("DROP ROLE IF EXISTS wire_guest");
                control.execute(
                        "CREATE ROLE wire_guest LOGIN PASSWORD '" + ScramVerifier.of(new Secret(password)) + "'");
                assertThat(userOf(password)).as("verifier of " + password).isEqualTo("wire_guest");
                control.execute("SET password_encryption = 'scram-sha-256'");
                control.execute("ALTER ROLE wire_guest PASSWORD '" + password + "'");
                assertThat(userOf(password)).as("the server's of " + password).isEqualTo("wire_guest");
            }
            assertThatThrownBy(() -> userOf("another"))
                    .isInstanceOfSatisfying(
                            ServerErrorException.class,
                            refused -> assertThat(refused.sqlState()).isEqualTo("28P01"));
            assertThatThrownBy(() -> WireConnection.open(guarded(), Login.of("wire_guest", "postgres"), PATIENCE))
                    .hasMessageContaining("wants a password");
            control.execute("DROP ROLE wire_guest");
        }
    }

    @Test
    void saysThatADatabaseDoesNotExist() {
        assertThatThrownBy(() -> WireConnection.open(trusted(), Login.of("postgres", "no_such_one"), PATIENCE))
                .isInstanceOf(ServerErrorException.class)
                .hasMessageContaining("\"no_such_one\" does not exist");
    }

    @Test
    void saysThatTheServerWentAway() {
        try (WireConnection connection = open()) {
            assertThatThrownBy(() -> connection.execute("SELECT pg_terminate_backend(pg_backend_pid())"))
                    .isInstanceOfSatisfying(
                            ServerErrorException.class,
                            gone -> assertThat(gone.isFatal()).isTrue());
            assertThatThrownBy(() -> connection.execute("SELECT 1")).hasMessageContaining("lost the connection");
        }
    }

    private String userOf(String password) {
        try (WireConnection connection =
                WireConnection.open(guarded(), Login.of("wire_guest", "postgres"), new Secret(password), PATIENCE)) {
            return connection.query("SELECT current_user").get(0).get(0).orElseThrow();
        }
    }

    private WireConnection open() {
        return WireConnection.open(trusted(), Login.of("postgres", "postgres"), PATIENCE);
    }
}
