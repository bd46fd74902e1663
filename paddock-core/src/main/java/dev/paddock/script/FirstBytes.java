package dev.paddock.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Tells by its first bytes what a file is, whatever it is called. */
final class FirstBytes {
    private static final int ENOUGH = 4096;
    private static final int TAR_MAGIC = 257;

    private final byte[] bytes;

    private FirstBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static Input classify(Path file) throws IOException {
        FirstBytes first;
        try (InputStream in = Files.newInputStream(file)) {
            first = new FirstBytes(in.readNBytes(ENOUGH));
        }
        if (first.isArchive()) {
            return new Input.Archive(file);
        }
        if (first.isGzip()) {
            unzipped(file).requireText(file, true);
            return new Input.Script(file, true);
        }
        first.requireText(file, false);
        return new Input.Script(file, false);
    }

    private static FirstBytes unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new FirstBytes(in.readNBytes(ENOUGH));
        } catch (java.io.EOFException | ZipException damaged) {
            throw ScriptSource.damaged(file, damaged);
        }
    }

    private void requireText(Path file, boolean gzipped) {
        if (gzipped && isArchive()) {
            throw new ScriptException(
                    file,
                    0,
                    null,
                    "a dump in pg_dump's own format, compressed once more",
                    "unpack it with gunzip first");
        }
        if (startsWith(0, 0xff, 0xfe) || startsWith(0, 0xfe, 0xff)) {
            throw new ScriptException(file, 0, null, "a script in UTF-16, which no server reads", "save it as UTF-8");
        }
        String packer = packer();
        if (!packer.isEmpty()) {
            throw new ScriptException(
                    file, 0, null, "compressed with " + packer, "unpack it, or compress it with gzip instead");
        }
        for (byte b : bytes) {
            if (b == 0) {
                throw notText(file);
            }
        }
    }

    static ScriptException notText(Path file) {
        return new ScriptException(
                file,
                0,
                null,
                "binary data, neither a SQL script nor a dump that pg_restore reads",
                "give a .sql or .sql.gz file, or what pg_dump wrote");
    }

    private boolean isArchive() {
        return startsWith("PGDMP") || (startsWith("toc.dat\0") && startsWith(TAR_MAGIC, 'u', 's', 't', 'a', 'r'));
    }

    private boolean isGzip() {
        return startsWith(0, 0x1f, 0x8b);
    }

    private String packer() {
        if (startsWith(0, 0x28, 0xb5, 0x2f, 0xfd)) {
            return "zstd";
        }
        if (startsWith(0, 0xfd, '7', 'z', 'X', 'Z')) {
            return "xz";
        }
        if (startsWith("BZh") && bytes.length > 4 && bytes[4] == '1') {
            return "bzip2";
        }
        if (startsWith(0, 0x04, 0x22, 0x4d, 0x18)) {
            return "lz4";
        }
        return startsWith(0, 'P', 'K', 3, 4) ? "zip" : "";
    }

    private boolean startsWith(String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.US_ASCII);
        return bytes.length >= wanted.length
                && java.util.Arrays.equals(bytes, 0, wanted.length, wanted, 0, wanted.length);
    }

    private boolean startsWith(int offset, int... magic) {
        if (bytes.length < offset + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[offset + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
