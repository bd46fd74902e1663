package dev.paddock.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a report. */
final class EvidenceReportTest {
    private static final LoggedStatement INSERT = new LoggedStatement(
            Instant.EPOCH,
            Duration.ofNanos(1_250_000),
            1,
            "INSERT INTO orders VALUES (?, ?)",
            List.of(List.of("7", "'new'")),
            0,
            OptionalLong.empty(),
            Optional.of(new StatementFailure(Optional.of("23505"), "ERROR: duplicate key\n  Detail: (id)=(7)")));

    private static final Difference DIFFERENCE = new Difference(
            List.of(new SchemaChange(Change.ADDED, "schema extra", Optional.empty(), Optional.of(""))),
            List.of(),
            List.of(new SequenceChange("public.seq", OptionalLong.empty(), OptionalLong.of(3))),
            OptionalLong.of(0),
            OptionalLong.of(0),
            List.of("the rows of public.big: too slow"));

    private static Evidence complete() {
        return new Evidence(
                "OrdersTest.placesAnOrder()",
                "org.opentest4j.AssertionFailedError: expected 1\n\tat OrdersTest",
                List.of("psql postgresql://app:secret@localhost:5432/orders"),
                List.of(INSERT),
                4,
                List.of("ERROR:  duplicate key"),
                Optional.of(DIFFERENCE),
                List.of("The database is kept for an hour."));
    }

    @Test
    void beginsWithAPageThatTellsIt(@TempDir Path temp) {
        Path page = EvidenceReport.write(complete(), temp.resolve("a/b"));
        assertThat(page).isEqualTo(temp.resolve("a/b/report.md")).content().isEqualTo("""
                # OrdersTest.placesAnOrder() failed

                ## Connect to its database

                ```sh
                psql postgresql://app:secret@localhost:5432/orders
                ```

                ## Failure

                ```
                org.opentest4j.AssertionFailedError: expected 1
                \tat OrdersTest
                ```

                ## What it changed

                ```
                Schema
                  + schema extra

                Sequences
                  ~ public.seq: unused → 3

                Not compared
                  the rows of public.big: too slow
                ```

                ## Its statements

                ```sql
                %s
                INSERT INTO orders VALUES (?, ?);
                -- failed with 23505: ERROR: duplicate key
                --   Detail: (id)=(7)
                ```

                ## The server's log

                ```
                ERROR:  duplicate key
                ```

                ## Notes

                - The database is kept for an hour.

                More in this folder: statements.sql, server.log, difference.txt.
                """.formatted(
                        StatementsText.of(5, INSERT).get(0) + "\n-- parameters: 7, 'new'"));
    }

    @Test
    void holdsAFileOfEachKindOfEvidence(@TempDir Path temp) throws IOException {
        EvidenceReport.write(complete(), temp);
        assertThat(temp.resolve("statements.sql"))
                .content()
                .startsWith("-- 4 older statements were forgotten.\n\n-- 5: ")
                .contains(", took 1.3 ms, connection 1\n-- parameters: 7, 'new'\nINSERT INTO orders VALUES (?, ?);\n");
        assertThat(temp.resolve("difference.txt")).hasContent(DIFFERENCE.text());
        assertThat(temp.resolve("server.log")).hasContent("ERROR:  duplicate key");
    }

    @Test
    void isForItsOwnersEyesIfItHoldsAPassword(@TempDir Path temp) throws IOException {
        Path page = EvidenceReport.write(complete(), temp);
        assertThat(Files.getPosixFilePermissions(page))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        for (String other : List.of("statements.sql", "server.log", "difference.txt")) {
            assertThat(temp.resolve(other)).content().doesNotContain("secret");
        }
    }

    @Test
    void replacesAnOlderOneAndNothingElse(@TempDir Path temp) throws IOException {
        Path other = Files.writeString(temp.resolve("notes.txt"), "mine");
        EvidenceReport.write(complete(), temp);
        EvidenceReport.write(Evidence.of("Second.test()", "broken"), temp);
        assertThat(temp).isDirectoryNotContaining("glob:**/{statements.sql,server.log,difference.txt,.*}");
        assertThat(temp.resolve("report.md")).hasContent("# Second.test() failed\n\n## Failure\n\n```\nbroken\n```\n");
        assertThat(other).hasContent("mine");
    }

    @Test
    void showsTheEndOfWhatIsLongAndNeverBreaksItsPage(@TempDir Path temp) {
        List<String> log =
                IntStream.rangeClosed(1, 500).mapToObj(n -> "line " + n).toList();
        Path page = EvidenceReport.write(Evidence.of("T.t()", "has ``` in it").withServerLog(log), temp);
        assertThat(page)
                .content()
                .contains("````\nhas ``` in it\n````", "line 500\n")
                .doesNotContain("line 480\n");
        assertThat(temp.resolve("server.log")).content().contains("line 1\n", "line 500\n");
    }

    @Test
    void saysWhyItCantBeWritten(@TempDir Path temp) throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        assertThatThrownBy(() -> EvidenceReport.write(Evidence.of("T.t()", "x"), file.resolve("below")))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("the report of T.t() can't be written");
    }

    @Test
    void refusesImpossibleLimits() {
        assertThatThrownBy(() -> new StatementLog(-1)).isInstanceOf(InvalidSpecException.class);
        assertThatThrownBy(() -> DifferenceLimits.DEFAULT.withRowsShown(-1)).isInstanceOf(InvalidSpecException.class);
    }
}
