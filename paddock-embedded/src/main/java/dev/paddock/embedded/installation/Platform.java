package dev.paddock.embedded.installation;

import dev.paddock.model.Hint;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Term;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What binaries must be made for to run here: the operating system, the processor and, on Linux, the C library. */
public record Platform(OperatingSystem os, Architecture architecture, Libc libc) {
    private static final Hint REMEDY = Hint.naming(
            "install PostgreSQL and say {}, or {} with its bin folder", Term.SYSTEM_POSTGRES, Term.POSTGRES);

    /** With its name in the names of binaries. */
    public enum OperatingSystem {
        LINUX("linux"),
        DARWIN("darwin"),
        WINDOWS("windows");

        private final String named;

        OperatingSystem(String named) {
            this.named = named;
        }
    }

    /** With its names in the artifact and of the archive inside it. */
    public enum Architecture {
        AMD64("amd64", "x86_64"),
        ARM64("arm64v8", "arm_64");

        private final String artifact;
        private final String archive;

        Architecture(String artifact, String archive) {
            this.artifact = artifact;
            this.archive = archive;
        }
    }

    /** The C library; anything but Linux has only its own. */
    public enum Libc {
        NATIVE,
        GLIBC,
        MUSL
    }

    /**
     * The one that this JVM runs on.
     *
     * @throws PaddockException when there are no binaries for it
     */
    public static Platform current() {
        return detect(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), Path.of("/"));
    }

    static Platform detect(String osName, String osArch, Path root) {
        OperatingSystem os = os(osName, osArch);
        Architecture architecture = architecture(os, osName, osArch);
        return new Platform(os, architecture, os == OperatingSystem.LINUX ? libc(root, architecture) : Libc.NATIVE);
    }

    /** How artifacts and installations are named for it, such as {@code linux-arm64v8-alpine}. */
    public String classifier() {
        return os.named + "-" + architecture.artifact + (libc == Libc.MUSL ? "-alpine" : "");
    }

    /** The classifiers whose binaries run here, best first: those for Macs are built for both processors. */
    List<String> runnable() {
        return os == OperatingSystem.DARWIN && architecture == Architecture.AMD64
                ? List.of(classifier(), new Platform(os, Architecture.ARM64, libc).classifier())
                : List.of(classifier());
    }

    /** The archives that may be inside such artifacts, best first. */
    List<String> archives() {
        String best = archive(architecture);
        return runnable().size() == 1 ? List.of(best) : List.of(best, archive(Architecture.ARM64));
    }

    /** The file name of a program. */
    String program(String name) {
        return os == OperatingSystem.WINDOWS ? name + ".exe" : name;
    }

    private String archive(Architecture of) {
        return "postgres-" + os.named + "-" + of.archive + (libc == Libc.MUSL ? "-alpine_linux" : "") + ".txz";
    }

    private static OperatingSystem os(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return OperatingSystem.LINUX;
        }
        if (name.startsWith("mac") || name.startsWith("darwin")) {
            return OperatingSystem.DARWIN;
        }
        if (name.startsWith("windows")) {
            return OperatingSystem.WINDOWS;
        }
        throw unsupported(osName, osArch);
    }

    private static Architecture architecture(OperatingSystem os, String osName, String osArch) {
        return switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64" -> Architecture.AMD64;
            // Windows on ARM runs programs for amd64.
            case "aarch64", "arm64" -> os == OperatingSystem.WINDOWS ? Architecture.AMD64 : Architecture.ARM64;
            default -> throw unsupported(osName, osArch);
        };
    }

    /** Told by the dynamic loaders that are there, and where both are, by the one that has loaded this JVM. */
    private static Libc libc(Path root, Architecture architecture) {
        boolean amd64 = architecture == Architecture.AMD64;
        if (!Files.exists(root.resolve(amd64 ? "lib/ld-musl-x86_64.so.1" : "lib/ld-musl-aarch64.so.1"))) {
            return Libc.GLIBC;
        }
        if (!Files.exists(root.resolve(amd64 ? "lib64/ld-linux-x86-64.so.2" : "lib/ld-linux-aarch64.so.1"))) {
            return Libc.MUSL;
        }
        try {
            String maps = Files.readString(root.resolve("proc/self/maps"), StandardCharsets.ISO_8859_1);
            return maps.contains("/ld-musl-") ? Libc.MUSL : Libc.GLIBC;
        } catch (IOException noProc) {
            return Libc.GLIBC;
        }
    }

    private static PaddockException unsupported(String osName, String osArch) {
        return new PaddockException("there are no PostgreSQL binaries for " + osName + " on " + osArch, REMEDY);
    }
}
