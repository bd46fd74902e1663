package dev.paddock.fetch.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.paddock.artifact.ArtifactNotFoundException;
import dev.paddock.fetch.FetchOnce;
import dev.paddock.fetch.LocalMirror;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;

class MavenArtifactSourceTest {
    private static final String WITHOUT_MORE = "";
    private final byte[] jar = someBytes();

    private final Path home;

    MavenArtifactSourceTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void fetchesThroughTheUsersMirrorIntoTheUsersLocalRepository() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, WITHOUT_MORE);
            List<String> heard = new ArrayList<>();

            Path fetched = source().fetch(
                            "org.example",
                            "thing",
                            "1.0",
                            (activity, done, total) -> heard.add(activity + " " + done + "/" + total));

            assertThat(fetched).startsWith(repository()).hasBinaryContent(jar);
            assertThat(heard).last().isEqualTo("fetching thing 1.0 200000/200000");
        }
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, WITHOUT_MORE);

            fetch();
            fetch();

            assertThat(mirror.downloads()).isEqualTo(1);
        }
    }

    @Test
    void anUnknownVersionIsSaidToBeUnknown() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            settings(mirror, WITHOUT_MORE);

            assertThatThrownBy(this::fetch)
                    .isInstanceOf(ArtifactNotFoundException.class)
                    .hasMessage("repository 'mirror' has no thing 1.0");
        }
    }

    @Test
    void aWrongChecksumIsRefusedAndNothingIsKept() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar, "0123456789012345678901234567890123456789");
            settings(mirror, WITHOUT_MORE);

            assertThatThrownBy(this::fetch)
                    .isInstanceOf(PaddockException.class)
                    .hasMessageContaining("its checksum is")
                    .hasMessageContaining("instead of 0123456789");
            assertThat(keptJars()).isEmpty();
        }
    }

    @Test
    void whatNobodyCanVerifyIsRefused() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publishWithoutChecksum("thing", "1.0", jar);
            settings(mirror, WITHOUT_MORE);

            assertThatThrownBy(this::fetch).hasMessageContaining("no checksum to verify it by");
            assertThat(keptJars()).isEmpty();
        }
    }

    @Test
    void aDownloadThatBreaksOffLeavesNothing() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            mirror.cutDownloads();
            settings(mirror, WITHOUT_MORE);

            assertThatThrownBy(this::fetch)
                    .isInstanceOf(PaddockException.class)
                    .isNotInstanceOf(ArtifactNotFoundException.class)
                    .hasMessageContaining("thing 1.0 can't be fetched: repository 'mirror' is out of reach");
            assertThat(keptJars()).isEmpty();
        }
    }

    @Test
    void aClosedDoorAsksForCredentials() throws IOException {
        try (LocalMirror mirror = LocalMirror.open("ann:s3cret")) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, WITHOUT_MORE);

            assertThatThrownBy(this::fetch)
                    .hasMessageContaining("answered 401, access denied")
                    .asInstanceOf(type(PaddockException.class))
                    .satisfies(failure -> assertThat(failure.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("<server>")));
        }
    }

    @Test
    void credentialsOfTheSettingsOpenTheDoor() throws IOException {
        try (LocalMirror mirror = LocalMirror.open("ann:s3cret")) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, server("s3cret"));

            assertThat(fetch()).hasBinaryContent(jar);
        }
    }

    @Test
    void encryptedCredentialsAreDecryptedWithTheMasterPassword() throws Exception {
        try (LocalMirror mirror = LocalMirror.open("ann:s3cret")) {
            mirror.publish("thing", "1.0", jar);
            DefaultPlexusCipher cipher = new DefaultPlexusCipher();
            settings(mirror, server(cipher.encryptAndDecorate("s3cret", "master")));
            Files.writeString(
                    home.resolve(".m2/settings-security.xml"),
                    "<settingsSecurity><master>"
                            + cipher.encryptAndDecorate("master", "settings.security")
                            + "</master></settingsSecurity>");

            assertThat(fetch()).hasBinaryContent(jar);
        }
    }

    @Test
    void offlineUsesWhatIsThere() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, WITHOUT_MORE);
            fetch();
            settings(mirror, "<offline>true</offline>");
        }
        assertThat(fetch()).hasBinaryContent(jar);
    }

    @Test
    void offlineWithoutItIsSaidToBeOffline() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, "<offline>true</offline>");

            assertThatThrownBy(this::fetch)
                    .isNotInstanceOf(ArtifactNotFoundException.class)
                    .hasMessageContaining("forbid to go online");
            assertThat(mirror.downloads()).isZero();
        }
    }

    @Test
    void aRepositoryOutOfReachIsNamed() throws IOException {
        try (LocalMirror mirror = LocalMirror.open()) {
            settings(mirror, WITHOUT_MORE);
        }
        assertThatThrownBy(this::fetch)
                .isNotInstanceOf(ArtifactNotFoundException.class)
                .hasMessageContaining("repository 'mirror' is out of reach");
    }

    @Test
    void settingsThatCantBeReadAreNamed() throws IOException {
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(home.resolve(".m2/settings.xml"), "<settings><mirrors>");

        assertThatThrownBy(this::fetch)
                .hasMessageContaining("Maven's settings can't be read")
                .asInstanceOf(type(PaddockException.class))
                .satisfies(failure -> assertThat(failure.hint().orElse("")).contains("settings.xml"));
    }

    @Test
    void twoProcessesMayFetchAtOnce() throws Exception {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            mirror.slowDown();
            settings(mirror, WITHOUT_MORE);

            Process one = process();
            Process other = process();

            assertThat(one.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(one.exitValue() + other.exitValue()).isZero();
            assertThat(keptJars())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept).hasBinaryContent(jar));
        }
    }

    @Test
    void aProcessKilledAtItLeavesNoHalfArtifact() throws Exception {
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            mirror.slowDown();
            settings(mirror, WITHOUT_MORE);
            Process killed = process();
            while (mirror.downloads() == 0 && killed.isAlive()) {
                Thread.onSpinWait();
            }

            killed.destroyForcibly().waitFor();

            assertThat(keptJars()).isEmpty();
            assertThat(fetch()).hasBinaryContent(jar);
        }
    }

    @Test
    void settingsAreThoseOfHomeBeforeTheAccounts() throws Exception {
        Path account = Files.createDirectories(home.resolve("account"));
        Files.createDirectories(account.resolve(".m2"));
        Files.writeString(account.resolve(".m2/settings.xml"), "<settings><offline>true</offline></settings>");
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, WITHOUT_MORE);

            assertThat(process(home, account).waitFor()).isZero();

            assertThat(keptJars())
                    .singleElement()
                    .asString()
                    .startsWith(repository().toString());
        }
    }

    /** Maven itself looks nowhere else, so that is where they may well be. */
    @Test
    void settingsOfTheAccountCountWhereHomeHasNone() throws Exception {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        try (LocalMirror mirror = LocalMirror.open()) {
            mirror.publish("thing", "1.0", jar);
            settings(mirror, WITHOUT_MORE);

            assertThat(process(elsewhere, home).waitFor()).isZero();

            assertThat(elsewhere.resolve(".m2/repository/org/example/thing/1.0/thing-1.0.jar"))
                    .hasBinaryContent(jar);
        }
    }

    @Test
    void theDefaultRepositoryIsMavensOwn() {
        assertThat(DefaultRepository.ofMaven()).singleElement().satisfies(repository -> {
            assertThat(repository.getId()).isEqualTo("central");
            assertThat(repository.getUrl()).startsWith("https://");
        });
    }

    private Path fetch() {
        return source().fetch("org.example", "thing", "1.0", Progress.NONE);
    }

    private MavenArtifactSource source() {
        return new MavenArtifactSource(new MavenEnvironment(new Properties(), Map.of("HOME", home.toString())));
    }

    private Process process() throws IOException {
        return process(home, home);
    }

    private Process process(Path variable, Path account) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + account,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FetchOnce.class.getName())
                .redirectError(new File(home.toFile(), "errors"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("HOME", variable.toString());
        return builder.start();
    }

    private static byte[] someBytes() {
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private Path repository() {
        return home.resolve(".m2/repository");
    }

    private List<Path> keptJars() throws IOException {
        if (!Files.exists(repository())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(repository())) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private void settings(LocalMirror mirror, String more) throws IOException {
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(
                home.resolve(".m2/settings.xml"),
                "<settings><mirrors><mirror><id>mirror</id><mirrorOf>*</mirrorOf><url>" + mirror.url()
                        + "</url></mirror></mirrors>" + more + "</settings>");
    }

    private static String server(String password) {
        return "<servers><server><id>mirror</id><username>ann</username><password>" + password
                + "</password></server></servers>";
    }
}
