package dev.paddock.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How the characters of a client encoding lie in bytes, as far as one must know to find one's way in text not decoded. */
public enum ClientEncoding {
    /** One byte a character, or an encoding whose further bytes are never ASCII and are not worth counting. */
    PLAIN,
    UTF8,
    /** EUC: all bytes of a longer character have the high bit. */
    EUC,
    /** Two bytes, the second possibly ASCII: BIG5, GBK, UHC. */
    DOUBLE_BYTE,
    SJIS,
    GB18030,
    JOHAB;

    /** By the name that the server reports as {@code client_encoding}. */
    public static ClientEncoding of(String name) {
        return switch (name) {
            case "UTF8" -> UTF8;
            case "EUC_JP", "EUC_CN", "EUC_KR", "EUC_TW", "EUC_JIS_2004" -> EUC;
            case "BIG5", "GBK", "UHC" -> DOUBLE_BYTE;
            case "SJIS", "SHIFT_JIS_2004" -> SJIS;
            case "GB18030" -> GB18030;
            case "JOHAB" -> JOHAB;
            default -> PLAIN;
        };
    }

    /** Whether a later byte of a character can look like ASCII, such as a backslash, without being it. */
    public boolean hidesAscii() {
        return this == DOUBLE_BYTE || this == SJIS || this == GB18030 || this == JOHAB;
    }

    /**
     * How many bytes the character has that begins with these.
     *
     * @param second the byte after the first, or -1 at the end of the text
     */
    public int length(int first, int second) {
        if (first < 0x80) {
            return 1;
        }
        return switch (this) {
            case PLAIN -> 1;
            case UTF8 -> first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
            case EUC, JOHAB -> first == 0x8f ? 3 : 2;
            case DOUBLE_BYTE -> 2;
            case SJIS -> first >= 0xa1 && first <= 0xdf ? 1 : 2;
            case GB18030 -> second >= '0' && second <= '9' ? 4 : 2;
        };
    }

    /** What decodes the server's messages in the client encoding of this name; UTF-8 for those that Java doesn't know. */
    static Charset charset(String name) {
        String known = switch (name) {
            case "LATIN1" -> "ISO-8859-1";
            case "LATIN2" -> "ISO-8859-2";
            case "LATIN5" -> "ISO-8859-9";
            case "LATIN9" -> "ISO-8859-15";
            case "SJIS" -> "windows-31j";
            case "UHC" -> "x-windows-949";
            case "EUC_JP" -> "EUC-JP";
            case "EUC_KR" -> "EUC-KR";
            case "EUC_CN" -> "GB2312";
            case "BIG5" -> "Big5";
            case "KOI8R" -> "KOI8-R";
            case "GBK", "GB18030" -> name;
            default -> name.startsWith("WIN") ? "windows-" + name.substring(3) : "UTF-8";
        };
        return Charset.isSupported(known) ? Charset.forName(known) : StandardCharsets.UTF_8;
    }
}
