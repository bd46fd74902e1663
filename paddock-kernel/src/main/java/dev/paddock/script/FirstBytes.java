package dev.paddock.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Tells by its first bytes what a file is, whatever it is called. */
final class FirstBytes {
    static final int ENOUGH = 4096;

    private static final int TAR_MAGIC = 257;

    private final byte[] bytes;

    private FirstBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Looks at what comes next in a stream that can be marked, and leaves it there. */
    static FirstBytes peek(InputStream in) throws IOException {
        in.mark(ENOUGH);
        FirstBytes first = new FirstBytes(in.readNBytes(ENOUGH));
        in.reset();
        return first;
    }

    /** @param within as {@link Input#within} */
    static Input classify(Path file, Optional<Path> within) throws IOException {
        if (OnceRead.is(file)) {
            return new Input.Stream(file, within);
        }
        FirstBytes first;
        try (InputStream in = Input.Script.open(file, within)) {
            first = new FirstBytes(in.readNBytes(ENOUGH));
        }
        if (first.isArchive()) {
            return new Input.Archive(file, within);
        }
        Packing packing = first.packing();
        if (packing == Packing.NONE) {
            first.requireText(file);
            return new Input.Script(file, within, packing);
        }
        try (InputStream in = packing.unpack(file, Input.Script.open(file, within))) {
            new FirstBytes(in.readNBytes(ENOUGH)).requireUnpacked(file);
        } catch (Packing.Damaged damaged) {
            throw ScriptSource.damaged(file, damaged);
        }
        return new Input.Script(file, within, packing);
    }

    /** That what was unpacked is a script. */
    void requireUnpacked(Path file) {
        if (isArchive()) {
            throw new ScriptException(
                    file, 0, null, "a dump in pg_dump's own format, compressed once more", "unpack it first");
        }
        requireText(file);
    }

    void requireText(Path file) {
        if (startsWith(0, 0xff, 0xfe) || startsWith(0, 0xfe, 0xff)) {
            throw new ScriptException(file, 0, null, "a script in UTF-16, which no server reads", "save it as UTF-8");
        }
        String packer = packer();
        if (!packer.isEmpty()) {
            throw new ScriptException(
                    file,
                    0,
                    null,
                    "compressed with " + packer,
                    "unpack it, or compress it with gzip, xz or zstd instead");
        }
        for (byte b : bytes) {
            if (b == 0) {
                throw notText(file);
            }
        }
    }

    private static ScriptException notText(Path file) {
        return new ScriptException(
                file,
                0,
                null,
                "binary data, neither a SQL script nor a dump that pg_restore reads",
                "give a .sql or .sql.gz file, or what pg_dump wrote");
    }

    /** Whether pg_restore alone can read it. */
    boolean isArchive() {
        return startsWith("PGDMP") || (startsWith("toc.dat\0") && startsWith(TAR_MAGIC, 'u', 's', 't', 'a', 'r'));
    }

    Packing packing() {
        if (startsWith(0, 0x1f, 0x8b)) {
            return Packing.GZIP;
        }
        if (startsWith(0, 0x28, 0xb5, 0x2f, 0xfd)) {
            return Packing.ZSTD;
        }
        return startsWith(0, 0xfd, '7', 'z', 'X', 'Z') ? Packing.XZ : Packing.NONE;
    }

    private String packer() {
        if (packing() != Packing.NONE) {
            return packing().name().toLowerCase(java.util.Locale.ROOT) + ", twice";
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
        return bytes.length >= wanted.length && Arrays.equals(bytes, 0, wanted.length, wanted, 0, wanted.length);
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
