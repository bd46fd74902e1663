package dev.paddock.oci.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file in an image's layers that tells something of it. */
enum BaseFile {
    /** Whom PostgreSQL runs as. */
    USERS("^etc/passwd$", ".*"),
    /** The version of the C library, as it says itself. */
    GLIBC("/libc\\.so\\.6$", "GNU C Library [^\\n]*version (\\d+(?:\\.\\d+)+)"),
    /** The version of ICU, as its name says. */
    ICU("/libicui18n\\.so\\.(\\d+\\.\\d+[.\\d]*)$", "");

    /** Longer than a C library, and nothing that fills the memory. */
    private static final int LONGEST = 1 << 24;

    private final Pattern name;
    private final Pattern content;

    BaseFile(String name, String content) {
        this.name = Pattern.compile(name);
        this.content = Pattern.compile(content, Pattern.DOTALL);
    }

    boolean is(String entry) {
        return name.matcher(plain(entry)).find();
    }

    /** What it tells, if it does. */
    Optional<String> read(String entry, InputStream from) throws IOException {
        Matcher called = name.matcher(plain(entry));
        if (called.find() && called.groupCount() > 0) {
            return Optional.of(called.group(1));
        }
        Matcher said = content.matcher(new String(from.readNBytes(LONGEST), StandardCharsets.ISO_8859_1));
        return said.find() ? Optional.of(said.group(said.groupCount())) : Optional.empty();
    }

    private static String plain(String entry) {
        return entry.startsWith("./") ? entry.substring(2) : entry;
    }
}
