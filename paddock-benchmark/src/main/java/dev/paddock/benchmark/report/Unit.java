package dev.paddock.benchmark.report;

import dev.paddock.model.PaddockException;
import java.util.Locale;

/** What a figure counts. */
public enum Unit {
    MS("ms"),
    BYTES("bytes"),
    COUNT("count"),
    PER_S("per_s");

    private final String code;

    Unit(String code) {
        this.code = code;
    }

    /** As in the JSON. */
    public String code() {
        return code;
    }

    static Unit of(String code) {
        for (Unit unit : values()) {
            if (unit.code.equals(code)) {
                return unit;
            }
        }
        throw new PaddockException("'" + code + "' is not a unit", "the units are ms, bytes, count and per_s");
    }

    /** For people: {@code 24.3 ms}, {@code 6.2 MB}, {@code 532}. */
    public String format(double value) {
        return switch (this) {
            case MS -> Math.abs(value) >= 1000 ? decimal(value / 1000) + " s" : decimal(value) + " ms";
            case BYTES -> bytes(value);
            case COUNT -> String.format(Locale.ROOT, "%.0f", value);
            case PER_S -> decimal(value) + "/s";
        };
    }

    private static String bytes(double value) {
        if (value >= 1e9) {
            return decimal(value / 1e9) + " GB";
        }
        return value >= 1e6 ? decimal(value / 1e6) + " MB" : decimal(value / 1e3) + " kB";
    }

    /** Three digits are what a measurement on a busy machine is worth. */
    private static String decimal(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
