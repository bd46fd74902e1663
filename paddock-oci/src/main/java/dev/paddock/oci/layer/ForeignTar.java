package dev.paddock.oci.layer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The entries of an archive that somebody else has made. What stands before the content of each, such as a long name, is kept in memory, so it may only be
 * so long, whatever is said of it. The stream below stays open.
 */
public final class ForeignTar {
    /** Far more than the longest path takes, twice. */
    private static final int LONGEST_HEAD = 1 << 20;

    private final Bounded bounded;
    private final TarArchiveInputStream tar;
    private long content;

    public ForeignTar(InputStream from) {
        this.bounded = new Bounded(from);
        this.tar = new TarArchiveInputStream(bounded, "UTF-8");
    }

    /** The next one, or nothing at the end. What wasn't read of the one before is passed over. */
    public Optional<TarArchiveEntry> next() throws IOException {
        bounded.left = content + LONGEST_HEAD;
        Optional<TarArchiveEntry> next = Optional.ofNullable(tar.getNextEntry());
        content = next.map(TarArchiveEntry::getSize).orElse(0L);
        bounded.left = Long.MAX_VALUE;
        return next;
    }

    /** What the entry holds that was given last. */
    public InputStream content() {
        return tar;
    }

    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream from) {
            super(from);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = super.read(to, offset, length);
            count(read);
            return read;
        }

        @Override
        public long skip(long most) throws IOException {
            long skipped = super.skip(most);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            left -= Math.max(0, bytes);
            if (left < 0) {
                throw new IOException("what it says of a file is longer than " + LONGEST_HEAD + " bytes");
            }
        }
    }
}
