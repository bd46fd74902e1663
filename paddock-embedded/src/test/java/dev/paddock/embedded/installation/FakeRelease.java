package dev.paddock.embedded.installation;

import dev.paddock.artifact.ArtifactNotFoundException;
import dev.paddock.artifact.ArtifactSource;
import dev.paddock.model.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives laid out like real ones, with whatever is wrong with them that a test wants; and a folder they are fetched from. */
final class FakeRelease implements ArtifactSource {
    private final Path folder;
    private final AtomicInteger asked = new AtomicInteger();

    FakeRelease(Path folder) {
        this.folder = folder;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Path fetch(String groupId, String artifactId, String version, Progress progress) {
        asked.incrementAndGet();
        Path jar = folder.resolve(version + ".jar");
        if (!Files.exists(jar)) {
            throw new ArtifactNotFoundException(
                    "repository 'folder' has no " + version, dev.paddock.model.Hint.of("choose another version"), null);
        }
        return jar;
    }

    /** A whole one. */
    Path publish(String version) throws IOException {
        return publish(version, archive(entries -> {}));
    }

    Path publish(String version, byte[] archive) throws IOException {
        Path jar = folder.resolve(version + ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("postgres-linux-x86_64.txz"));
            zip.write(archive);
            zip.closeEntry();
        }
        return jar;
    }

    /** Something to add to an archive. */
    interface Entries {
        void addTo(TarArchiveOutputStream tar) throws IOException;
    }

    static byte[] archive(Entries more) {
        return archiveOf(tar -> {
            file(tar, "bin/postgres", 0700, "#!/bin/sh\n");
            file(tar, "bin/initdb", 0700, "#!/bin/sh\n");
            file(tar, "share/postgresql/postgres.bki", 0600, "x".repeat(100_000));
            link(tar, "lib/libpq.so", "libpq.so.5");
            file(tar, "lib/libpq.so.5", 0600, "library");
            more.addTo(tar);
        });
    }

    static byte[] archiveOf(Entries entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(bytes, new LZMA2Options());
                TarArchiveOutputStream tar = new TarArchiveOutputStream(xz)) {
            entries.addTo(tar);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    static void file(TarArchiveOutputStream tar, String name, int mode, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    static void link(TarArchiveOutputStream tar, String name, String to) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(to);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
