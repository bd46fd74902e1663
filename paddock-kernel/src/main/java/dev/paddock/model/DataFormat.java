package dev.paddock.model;

/**
 * What initdb burns into a data directory for good.
 *
 * @param locale a libc locale such as {@code C.UTF-8}, or {@code icu:de-DE}, or {@code builtin:C.UTF-8} from PostgreSQL 17 on
 * @param encoding the server-side encoding, such as {@code UTF8}
 * @param checksums whether data pages carry checksums
 * @param walSegment size of a WAL segment, a power of two from 1MB to 1GB
 */
public record DataFormat(String locale, String encoding, boolean checksums, ByteSize walSegment) {

    /** Code point order, UTF-8, no checksums, small segments: right for servers that are thrown away. */
    public static final DataFormat DEFAULT = new DataFormat("C.UTF-8", "UTF8", false, ByteSize.ofMegabytes(1));

    public DataFormat {
        requireWord("a locale", locale, "C.UTF-8 or icu:de-DE");
        requireWord("an encoding", encoding, "UTF8");
        if (walSegment.bytes() < 1 << 20 || walSegment.bytes() > 1 << 30 || Long.bitCount(walSegment.bytes()) != 1) {
            throw new InvalidSpecException(
                    "a WAL segment of " + walSegment + " is impossible", "choose a power of two from 1MB to 1GB");
        }
    }

    private static void requireWord(String what, String value, String example) {
        if (value.isBlank() || value.indexOf('\n') >= 0 || value.startsWith("-")) {
            throw new InvalidSpecException("'" + value + "' is not the name of " + what + ", such as " + example);
        }
    }

    public DataFormat withLocale(String newLocale) {
        return new DataFormat(newLocale, encoding, checksums, walSegment);
    }

    public DataFormat withEncoding(String newEncoding) {
        return new DataFormat(locale, newEncoding, checksums, walSegment);
    }

    public DataFormat withChecksums(boolean on) {
        return new DataFormat(locale, encoding, on, walSegment);
    }

    public DataFormat withWalSegment(ByteSize size) {
        return new DataFormat(locale, encoding, checksums, size);
    }

    /** What a key of the cache is made of. Spelt out, since a fresh JVM takes long to find out how a record is to be shown. */
    @Override
    public String toString() {
        return "DataFormat[locale=" + locale + ", encoding=" + encoding + ", checksums=" + checksums + ", walSegment="
                + walSegment + "]";
    }
}
