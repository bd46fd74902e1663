package dev.paddock.script;

import dev.paddock.home.Folders;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What pg_restore makes of an archive, as SQL. It never meets the server, so it needs no password, and what holds for scripts
 * holds for archives: roles that are missing, errors. The price is that it loads one table at a time.
 */
final class RestoredStream extends FilterInputStream {
    private final Process process;
    private final Path errors;
    private final Path archive;
    private final boolean ours;

    private RestoredStream(Process process, Path errors, Path archive, boolean ours) {
        super(process.getInputStream());
        this.process = process;
        this.errors = errors;
        this.archive = archive;
        this.ours = ours;
    }

    /** @param ours whether the archive is a copy that goes when this is closed */
    static RestoredStream open(Path pgRestore, Path archive, boolean ours) throws IOException {
        Path errors = Files.createTempFile("paddock-restore", ".err");
        try {
            Process process = new ProcessBuilder(
                            pgRestore.toString(),
                            "--file=-",
                            archive.toAbsolutePath().toString())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            return new RestoredStream(process, errors, archive, ours);
        } catch (IOException failure) {
            Files.deleteIfExists(errors);
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count < 0) {
            requireSuccess();
        }
        return count;
    }

    private void requireSuccess() throws IOException {
        try {
            int code = process.waitFor();
            if (code != 0) {
                String said =
                        Files.readString(errors, StandardCharsets.ISO_8859_1).strip();
                throw new IOException(said.isEmpty() ? "pg_restore ended with code " + code : said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        super.close();
        Files.deleteIfExists(errors);
        if (ours) {
            Folders.delete(archive);
        }
    }
}
