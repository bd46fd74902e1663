package dev.paddock.model;

/**
 * What a data directory was written on: the processor, which its files' layout follows, and the libraries that its text is ordered by.
 * Data may be used where all of it is equal; else it has to be looked at first.
 *
 * @param architecture as images call it: {@code amd64}, {@code arm64}
 * @param libc name and version, such as {@code glibc 2.36}
 * @param icu version of ICU; empty for a PostgreSQL without it
 */
public record DataPlatform(String architecture, String libc, String icu) {

    /** As images call the processor that this JVM runs on. */
    public static String hostArchitecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "x86_64", "x64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    /** Reads what {@link #toString} writes. */
    public static DataPlatform parse(String text) {
        String[] parts = text.split(", ");
        if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !parts[2].startsWith("ICU "))) {
            throw new InvalidSpecException("'" + text + "' is not a platform");
        }
        return new DataPlatform(parts[0], parts[1], parts.length == 3 ? parts[2].substring("ICU ".length()) : "");
    }

    @Override
    public String toString() {
        return architecture + ", " + libc + (icu.isEmpty() ? "" : ", ICU " + icu);
    }
}
