package dev.paddock.docker.build;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The end of what somebody says who may fail, and what it tells about the reason. Thread-safe. */
final class LastLines {
    private static final int MOST = 15;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final List<String> UNREACHABLE = List.of(
            "temporary failure resolving",
            "could not resolve",
            "could not connect",
            "unable to connect",
            "failed to fetch",
            "failed getting release file",
            "couldn't download",
            "network is unreachable",
            "connection timed out");

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String text) {
        for (String line : COLOUR.matcher(text).replaceAll("").split("[\r\n]+", -1)) {
            if (!line.isBlank()) {
                lines.addLast(line.stripTrailing());
            }
        }
        while (lines.size() > MOST) {
            lines.removeFirst();
        }
    }

    /** Indented, to stand below a sentence. */
    synchronized String show() {
        return lines.isEmpty() ? "" : "; the last that it says is:\n  " + String.join("\n  ", lines);
    }

    /** What a user can do about it, if that is known. */
    Optional<String> advice(String more) {
        List<String> all;
        synchronized (this) {
            all = new ArrayList<>(lines);
        }
        all.add(more);
        String said = String.join("\n", all).toLowerCase(Locale.ROOT);
        if (said.contains("no space left")) {
            return Optional.of("make room where the engine keeps its images; docker system df shows what takes it");
        }
        if (UNREACHABLE.stream().anyMatch(said::contains)) {
            return Optional.of(
                    "Debian's archive must be reached from here: by a proxy as http_proxy says, or a mirror as --mirror"
                            + " says; or build it elsewhere and bring it along with docker save and docker load");
        }
        if (said.contains("keyring")) {
            return Optional.of(
                    "what proves that packages are Debian's is missing: apt install debian-archive-keyring gpgv");
        }
        if (said.contains("is expired")) {
            return Optional.of(
                    "the archive or the clock of this machine is old; see Acquire::Check-Valid-Until in apt.conf(5)");
        }
        return Optional.empty();
    }
}
