package dev.paddock.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final ClassLoader NONE = ClassLoader.getPlatformClassLoader();

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static String names(Content content) {
        return String.join(" ", content.files().stream().map(ContentFile::name).toList());
    }

    @Test
    void findsAllFilesBelowAFolderButHiddenOnes() throws IOException {
        write("b.sql", "");
        write("a/c.sql", "");
        write(".git/x", "");
        try (Content content = Content.open(Location.parse(folder.toString()), NONE)) {
            assertThat(names(content)).isEqualTo("a/c.sql b.sql");
        }
    }

    @Test
    void readsNothingThatAFileWasExchangedForMeanwhile(@TempDir Path elsewhere) throws IOException {
        write("db/a.sql", "");
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
        try (Content content = Content.open(Location.parse(folder.resolve("db").toString()), NONE)) {
            ContentFile file = content.files().get(0);
            Files.delete(file.path());
            Files.createSymbolicLink(file.path(), secret);

            assertThatThrownBy(file::bytes).isInstanceOf(PaddockException.class).hasMessageContaining("leads out of");
        }
    }

    @Test
    void takesTheFirstOfANameAsAClassLoaderDoes() throws IOException {
        write("one/db/a.sql", "first");
        write("two/db/a.sql", "second");
        write("two/db/b.sql", "");
        URL[] places = {
            folder.resolve("one").toUri().toURL(), folder.resolve("two").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(places, NONE);
                Content content = Content.open(Location.parse("classpath:/db/"), loader)) {
            assertThat(names(content)).isEqualTo("a.sql b.sql");
            assertThat(content.files().get(0).bytes()).asString().isEqualTo("first");
        }
    }

    @Test
    void readsFromJars() throws IOException {
        Path jar = folder.resolve("migrations.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("db/"));
            out.putNextEntry(new ZipEntry("db/V1__a.sql"));
            out.write("SELECT 1".getBytes(StandardCharsets.UTF_8));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, NONE);
                Content content = Content.open(Location.parse("classpath:db"), loader)) {
            assertThat(content.files()).hasSize(1);
            assertThat(content.files().get(0).bytes()).asString().isEqualTo("SELECT 1");
        }
    }

    @Test
    void saysWhatIsMissingAndWhereItLooked() throws IOException {
        assertThatThrownBy(() -> Content.open(Location.parse("classpath:db/migration"), NONE))
                .hasMessage("classpath:db/migration isn't on the class path");
        assertThatThrownBy(() -> Content.open(Location.parse("filesystem:/no/such"), NONE))
                .hasMessage("filesystem:/no/such: there is no such file or folder");
        assertThatThrownBy(() -> Content.open(Location.parse(folder.toString()), NONE))
                .hasMessage(folder + " is empty")
                .isInstanceOfSatisfying(
                        PaddockException.class,
                        failure -> assertThat(failure.hint())
                                .hasValueSatisfying(hint -> assertThat(hint).contains("V1__first.sql")));
    }

    @Test
    void refusesWhatIsNoLocation() {
        assertThatThrownBy(() -> Location.parse("classpath:/")).hasMessageContaining("names no folder");
        assertThatThrownBy(() -> Location.parse("s3:bucket")).hasMessageContaining("no place that migrations are read");
        assertThatThrownBy(() -> Location.parse("classpath:db/*")).hasMessageContaining("has a wildcard in it");
    }
}
