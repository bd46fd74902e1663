package dev.paddock.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.content.Content;
import dev.paddock.content.ContentFile;
import dev.paddock.content.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationsTest {
    private static final ClassLoader ALL = MigrationsTest.class.getClassLoader();
    private static final ClassLoader NO_TOOLS = ClassLoader.getPlatformClassLoader();

    private Path folder = Path.of("");

    @BeforeEach
    void begin(@TempDir Path temporary) {
        folder = temporary;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void have(String... names) throws IOException {
        for (String name : names) {
            write(name, "SELECT 1;");
        }
    }

    private String digest(ClassLoader loader) {
        return digest(folder.toString(), loader);
    }

    private static String digest(String location, ClassLoader loader) {
        return new Migrations(Location.parse(location), loader).digest();
    }

    private String plan() {
        return String.join(
                " ",
                MigrationPlan.of(Content.filesOf(folder)).stream()
                        .map(ContentFile::name)
                        .toList());
    }

    private String tool(ClassLoader loader) {
        try (Content content = Content.open(Location.parse(folder.toString()), loader)) {
            return Recognition.of(content, loader).id();
        }
    }

    @Test
    void versionsAreInTheOrderOfTheirNumbersAndRepeatableOnesLast() throws IOException {
        have(
                "R__b.sql",
                "R__a.sql",
                "V10__x.sql",
                "V2__x.sql",
                "V1.10__x.sql",
                "V1_9__x.sql",
                "more/V3.sql",
                "U2__x.sql");
        assertThat(plan()).isEqualTo("V1_9__x.sql V1.10__x.sql V2__x.sql more/V3.sql V10__x.sql R__a.sql R__b.sql");
    }

    @Test
    void theLastBaselineStandsForAllBefore() throws IOException {
        have("V1__x.sql", "B1__x.sql", "V2__x.sql", "B2__x.sql", "V3__x.sql");
        assertThat(plan()).isEqualTo("B2__x.sql V3__x.sql");
    }

    @Test
    void twoOfOneVersionAreRefused() throws IOException {
        have("V1__x.sql", "V1.0__y.sql");
        assertThatThrownBy(this::plan).hasMessage("there are two migrations of version 1: V1.0__y.sql and V1__x.sql");
    }

    @Test
    void whatFlywayAloneRunsIsRefusedWithoutIt() throws IOException {
        have("V1__x.sql", "afterMigrate.sql");
        assertThatThrownBy(this::plan).hasMessage("afterMigrate.sql is a callback, which Flyway alone runs");
        Files.delete(folder.resolve("afterMigrate.sql"));
        have("V2__Seed.class");
        assertThatThrownBy(this::plan).hasMessage("V2__Seed.class is a migration in Java, which Flyway alone runs");
    }

    @Test
    void namesThatMissTheirNamingAreRefused() throws IOException {
        for (String name : new String[] {"V1_x.sql", "v1__x.sql", "V1x__y.sql", "R_views.sql", "r__views.sql"}) {
            have(name);
            assertThatThrownBy(() -> digest(ALL)).as(name).hasMessageStartingWith(name + " in " + folder);
            Files.delete(folder.resolve(name));
        }
    }

    @Test
    void contentTellsWhoseTheyAre() throws IOException {
        have("1.sql", "2.sql");
        assertThat(tool(ALL)).isEqualTo("scripts 1");
        have("V1__x.sql");
        assertThat(tool(ALL)).matches("flyway \\d+\\.\\d+\\.\\d+");
        assertThat(tool(NO_TOOLS)).isEqualTo("versioned scripts 1");
        write("changes.sql", "--liquibase formatted sql\n");
        assertThat(tool(ALL)).matches("liquibase 4\\.\\d+\\.\\d+\nchanges\\.sql");
        have("db.changelog-master.yaml");
        assertThat(tool(ALL)).endsWith("\ndb.changelog-master.yaml");
        assertThatThrownBy(() -> tool(NO_TOOLS))
                .hasMessageContaining("a changelog of Liquibase, which isn't on the class path");
    }

    @Test
    void equalFilesInAnotherPlaceHaveTheSameDigest() throws IOException {
        have("one/V1__x.sql", "two/V1__x.sql");
        String one = digest(folder.resolve("one").toString(), ALL);
        assertThat(digest(folder.resolve("two").toString(), ALL)).isEqualTo(one);
        assertThat(digest(folder.resolve("one").toString(), NO_TOOLS)).isNotEqualTo(one);
    }

    @Test
    void whateverChangesChangesTheDigest() throws IOException {
        have("V1__x.sql");
        String before = digest(ALL);
        write("V1__x.sql", "SELECT 2;");
        String changed = digest(ALL);
        Files.move(folder.resolve("V1__x.sql"), folder.resolve("V1__y.sql"));
        String renamed = digest(ALL);
        write("V1__y.sql.conf", "executeInTransaction=false");
        assertThat(before).isNotIn(changed, renamed, digest(ALL));
        assertThat(changed).isNotIn(renamed, digest(ALL));
    }

    @Test
    void whatLiesBesideAChangelogCounts() throws IOException {
        write("changelog.xml", "parts/1.xml");
        String master = folder.resolve("changelog.xml").toString();
        String before = digest(master, ALL);
        write("parts/1.xml", "<changed/>");
        assertThat(digest(master, ALL)).isNotEqualTo(before);
    }

    @Test
    void aFolderWithNothingThatCouldBeAMigrationIsRefused() throws IOException {
        have("changelog.xml", "other.yaml");
        assertThatThrownBy(() -> digest(ALL)).hasMessage("nothing in " + folder + " can be told to be a migration");
    }
}
