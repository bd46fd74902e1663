package dev.paddock.docker.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A shell script that runs in containers; any shell of POSIX understands it. */
public enum Script {
    SERVER("time-to-live.sh", "server.sh"),
    INITIALISE("initialise.sh"),
    PROBE("probe.sh"),
    STAND_STILL("stand-still.sh"),
    GO_ON("go-on.sh"),
    CONCLUDE("conclude.sh"),
    LIMITS("limits.sh"),
    LOOK("look.sh"),
    SERVICE("time-to-live.sh", "service.sh"),
    LISTENING("listening.sh");

    private final String text;

    /** @param parts one after the other */
    Script(String... parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            try (InputStream in = Script.class.getResourceAsStream(part)) {
                if (in == null) {
                    throw new IllegalStateException(part + " is missing from Paddock's own archive");
                }
                all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        }
        text = all.toString();
    }

    /** The command that runs it. */
    public List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", text, "paddock"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Like {@link #command(String...)}, with these arguments in any order after the first. */
    public List<String> command(String first, Set<String> rest) {
        List<String> command = command(first);
        command.addAll(rest);
        return command;
    }
}
