package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A password as SCRAM takes it: RFC 4013, in the way of PostgreSQL and libpq, so that the same password gives the same login. What they
 * do beyond the RFC: pure ASCII is left alone, and so is, as a whole, what the RFC would refuse. Its tables are read only if a password has
 * more than ASCII.
 */
final class SaslPrep {
    private static final String TABLES = "saslprep.txt";

    /** For each table the first and the last code point of each range, ascending. */
    private final Map<String, int[]> tables;

    private SaslPrep(Map<String, int[]> tables) {
        this.tables = tables;
    }

    static String of(String password) {
        for (int i = 0; i < password.length(); i++) {
            if (password.charAt(i) >= 0x80) {
                return read().prepared(password);
            }
        }
        return password;
    }

    private String prepared(String password) {
        StringBuilder mapped = new StringBuilder();
        password.codePoints().forEach(code -> {
            if (isIn("space", code)) {
                mapped.append(' ');
            } else if (!isIn("nothing", code)) {
                mapped.appendCodePoint(code);
            }
        });
        // Refused is what was mapped, not yet normalized: so PostgreSQL does it, though the RFC says otherwise.
        int[] codes = mapped.codePoints().toArray();
        return isRefused(codes) ? password : Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    private boolean isRefused(int[] codes) {
        if (codes.length == 0 || any(codes, code -> isIn("prohibited", code) || isIn("unassigned", code))) {
            return true;
        }
        return any(codes, this::isRightToLeft)
                && (any(codes, code -> isIn("left-to-right", code))
                        || !isRightToLeft(codes[0])
                        || !isRightToLeft(codes[codes.length - 1]));
    }

    private static boolean any(int[] codes, IntPredicate wanted) {
        return Arrays.stream(codes).anyMatch(wanted);
    }

    private boolean isRightToLeft(int code) {
        return isIn("right-to-left", code);
    }

    private boolean isIn(String table, int code) {
        int[] bounds = tables.getOrDefault(table, new int[0]);
        int place = Arrays.binarySearch(bounds, code);
        // Between the first and the last of a range, if it is neither.
        return place >= 0 || (-place - 1) % 2 == 1;
    }

    private static SaslPrep read() {
        try (InputStream in = SaslPrep.class.getResourceAsStream(TABLES)) {
            if (in == null) {
                throw new IOException("it is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't read " + TABLES + " in Paddock's own jar: " + failure.getMessage(), failure);
        }
    }

    private static SaslPrep parse(String text) {
        Map<String, int[]> tables = new HashMap<>();
        for (String section : text.substring(text.indexOf('[') + 1).split("\n\\[")) {
            String name = section.substring(0, section.indexOf(']'));
            String[] ranges = section.substring(section.indexOf('\n')).strip().split("\\s+");
            int[] bounds = new int[2 * ranges.length];
            for (int i = 0; i < ranges.length; i++) {
                String[] ends = ranges[i].split("-");
                bounds[2 * i] = Integer.parseInt(ends[0], 16);
                bounds[2 * i + 1] = Integer.parseInt(ends[ends.length - 1], 16);
            }
            tables.put(name, bounds);
        }
        return new SaslPrep(tables);
    }
}
