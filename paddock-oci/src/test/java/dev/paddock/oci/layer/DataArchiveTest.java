package dev.paddock.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What archives of others may not do to the machine that they are unpacked on, nor data to what is packed of it. */
class DataArchiveTest {
    private final Path outside;
    private final Path folder;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    DataArchiveTest(@TempDir Path temp) throws IOException {
        this.outside = temp;
        this.folder = Files.createDirectory(temp.resolve("data"));
    }

    private void file(String name, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
    }

    private void special(String name, byte type, String link) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(link);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private InputStream archive() throws IOException {
        tar.close();
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"./../escaped", "./base/../../escaped"})
    void aNameThatLeadsOutIsRefused(String name) throws IOException {
        file(name, "x");
        assertThatThrownBy(() -> DataArchive.unpack(archive(), "./", folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out of the archive");
        assertThat(outside.resolve("escaped")).doesNotExist();
    }

    @Test
    void aHardLinkThatLeadsOutIsRefused() throws IOException {
        Path secret = Files.writeString(outside.resolve("secret"), "of the host");
        special("./linked", TarConstants.LF_LINK, secret.toString());
        assertThatThrownBy(() -> DataArchive.unpack(archive(), "./", folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out of the archive");
        assertThat(folder.resolve("linked")).doesNotExist();
    }

    @Test
    void aSymbolicLinkIsRefusedBeforeAnythingIsWrittenThroughIt() throws IOException {
        special("./base", TarConstants.LF_SYMLINK, outside.toString());
        file("./base/escaped", "x");
        assertThatThrownBy(() -> DataArchive.unpack(archive(), "./", folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a symbolic link");
        assertThat(outside.resolve("escaped")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_FIFO, TarConstants.LF_CHR, TarConstants.LF_BLK})
    void whatIsNoFileIsRefused(byte type) throws IOException {
        special("./odd", type, "");
        assertThatThrownBy(() -> DataArchive.unpack(archive(), "./", folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing that a data directory holds");
    }

    @Test
    void moreThanWasSaidIsRefusedBeforeItIsWritten() throws IOException {
        file("./small", "12345");
        file("./large", "1234567890");
        assertThatThrownBy(() -> DataArchive.unpack(archive(), "./", folder, 14))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than the 14 bytes that it is said to hold");
        assertThat(folder.resolve("small")).exists();
        assertThat(folder.resolve("large")).doesNotExist();
    }

    /** Compressed, a name of any length is next to nothing, and whoever reads it keeps all of it. */
    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC})
    void aNameThatNoFileCanHaveIsNotTakenIn(byte kind) throws IOException {
        int size = 2 << 20;
        TarArchiveEntry name = new TarArchiveEntry("./name", kind);
        name.setSize(size);
        tar.putArchiveEntry(name);
        String begin = size + " path=";
        tar.write((begin + "a".repeat(size - begin.length())).getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
        file("./small", "12345");
        assertThatThrownBy(() -> DataArchive.unpack(archive(), "./", folder, 14))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what it says of a file is longer than");
    }

    /** An archive with holes in it is next to nothing on a disk, and would fill that when it is unpacked. */
    @Test
    void zerosTakeNoSpace() throws Exception {
        String content = "begin" + "\0".repeat(40 << 20) + "end" + "\0".repeat(1 << 20);
        file("./large", content);
        DataArchive.unpack(archive(), "./", folder);
        assertThat(Files.readString(folder.resolve("large"))).isEqualTo(content);
        Process stat = new ProcessBuilder("du", "-k", folder.resolve("large").toString()).start();
        String kilobytes = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("\t")[0];
        assertThat(Integer.parseInt(kilobytes)).isLessThan(1024);
    }

    @Test
    void whatIsNotWantedIsPassedOverWhateverItsSize() throws IOException {
        file("other", "x".repeat(3 << 20));
        file("./small", "12345");
        DataArchive.unpack(archive(), "./", folder, 5);
        assertThat(folder.resolve("small")).hasContent("12345");
    }

    @Test
    void aFileThatComesTwiceNeverChangesTheSnapshotThatTheFirstWasLinkedTo() throws IOException {
        Path parent = Files.createDirectory(outside.resolve("parent"));
        Files.writeString(parent.resolve("pg_hba.conf"), "reject");
        file("./pg_hba.conf", "reject");
        file("./pg_hba.conf", "trust!");
        assertThatThrownBy(() -> DataArchive.unpack(archive(), "./", folder, Optional.of(parent), 100))
                .isInstanceOf(IOException.class);
        assertThat(parent.resolve("pg_hba.conf")).hasContent("reject");
    }

    @Test
    void aLinkInADataDirectoryIsNotPackedAsWhatItLeadsTo() throws IOException {
        Path secret = Files.writeString(outside.resolve("secret"), "of the host");
        Files.createSymbolicLink(folder.resolve("innocent"), secret);
        assertThatThrownBy(() -> DataArchive.write(folder, "/data", new Owner(1, 1), bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a symbolic link");
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("of the host");
    }
}
