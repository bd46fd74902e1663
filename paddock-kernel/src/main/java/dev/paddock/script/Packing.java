package dev.paddock.script;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How a file is compressed, as far as it can be unpacked here. */
enum Packing {
    NONE,
    GZIP,
    XZ,
    ZSTD;

    private static final int BUFFER = 64 * 1024;
    /** Four times what {@code xz -9} needs. */
    private static final int MOST_KILOBYTES = 256 * 1024;

    /** What is in it. Closing that closes this. */
    InputStream unpack(Path file, InputStream packed) throws IOException {
        try {
            return this == NONE ? packed : new Unpacked(opened(packed));
        } catch (IOException damaged) {
            throw new Damaged(damaged);
        } catch (LinkageError absent) {
            String library = this == XZ ? "org.tukaani:xz" : "com.github.luben:zstd-jni";
            throw new ScriptException(
                    file,
                    0,
                    null,
                    "compressed with " + (this == XZ ? "xz" : "zstd") + ", and " + library
                            + " isn't on the class path, or doesn't work here",
                    "add that dependency, or compress with gzip instead",
                    absent);
        }
    }

    private InputStream opened(InputStream packed) throws IOException {
        return switch (this) {
            case GZIP -> Gzip.open(packed);
            case XZ -> Xz.open(packed);
            case ZSTD -> Zstd.open(packed);
            case NONE -> packed;
        };
    }

    /** All that are in it. The JDK's own ends with the first where nothing more is at hand for the moment, as in a pipe. */
    private static final class Gzip {
        static InputStream open(InputStream packed) throws IOException {
            return GzipCompressorInputStream.builder()
                    .setInputStream(new BufferedInputStream(packed, BUFFER))
                    .setDecompressConcatenated(true)
                    .get();
        }
    }

    /** Classes of their own, for the libraries may be absent. */
    private static final class Xz {
        static InputStream open(InputStream packed) throws IOException {
            return new XZInputStream(new BufferedInputStream(packed, BUFFER), MOST_KILOBYTES);
        }
    }

    private static final class Zstd {
        static InputStream open(InputStream packed) throws IOException {
            return new ZstdInputStream(new BufferedInputStream(packed, BUFFER));
        }
    }

    /** The file can't be unpacked to its end. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(IOException why) {
            super("the compressed file is cut off or damaged: " + why.getMessage(), why);
        }
    }

    /** Tells a failure to unpack from others. */
    private static final class Unpacked extends FilterInputStream {

        Unpacked(InputStream plain) {
            super(plain);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (IOException failure) {
                throw new Damaged(failure);
            }
        }
    }
}
