package dev.paddock.stack;

import dev.paddock.model.Readiness;
import dev.paddock.model.ServiceData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What Compose runs inside of a container to find out whether it works. It runs nothing else there, so what is to be done once in a container
 * that works, before anybody depends on it, is done by the same command.
 *
 * @param test as Compose has it, with how it is run before it
 */
record ComposeHealth(List<String> test, Duration timeout, Duration patience) {
    private static final Duration SECONDS = Duration.ofSeconds(5);

    static ComposeHealth command(List<String> command, Duration patience) {
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(command);
        return new ComposeHealth(test, SECONDS, patience);
    }

    static ComposeHealth shell(String script, Duration patience) {
        return new ComposeHealth(List.of("CMD-SHELL", script), SECONDS, patience);
    }

    /** Empty if that can't be found out from inside. */
    static Optional<ComposeHealth> of(Readiness ready, Duration patience) {
        if (ready instanceof Readiness.Listens listens) {
            String port = String.format("%04X", listens.port());
            return Optional.of(shell(
                    "grep -Eqs '^ *[0-9]+: [0-9A-F]+:" + port
                            + " [0-9A-F]+:[0-9A-F]+ 0A ' /proc/net/tcp /proc/net/tcp6",
                    patience));
        }
        if (ready instanceof Readiness.Succeeds succeeds) {
            return Optional.of(command(succeeds.command(), patience));
        }
        if (ready instanceof Readiness.Answers answers) {
            String url = "'http://127.0.0.1:" + answers.port() + answers.path().replace("'", "%27") + "'";
            return Optional.of(shell("wget -q -O /dev/null " + url + " || curl -fs -o /dev/null " + url, patience));
        }
        return Optional.empty();
    }

    /** With something done before the test, each time; what fails there is a failure of the test. */
    ComposeHealth after(String script) {
        return new ComposeHealth(
                List.of("CMD-SHELL", "{ " + script + "; } && { " + script() + "; }"), timeout, patience);
    }

    /** With a service's data restored once it works; and only then does it. What was restored in part isn't tried again. */
    ComposeHealth restoring(ServiceData data) {
        String done = quoted(List.of(data.path() + "/.restored"));
        String begun = quoted(List.of(data.path() + "/.restoring"));
        String restore = "if [ -e " + done + " ]; then exit 0; fi; if [ -e " + begun
                + " ]; then echo 'its data was not restored to the end: take it down with its volumes, and up again'; exit 1; fi; touch "
                + begun + " && " + quoted(data.restore()) + " && mv " + begun + " " + done;
        return new ComposeHealth(
                List.of("CMD-SHELL", "{ " + script() + "; } || exit 1; " + restore), data.timeout(), patience);
    }

    private String script() {
        return test.get(0).equals("CMD-SHELL") ? test.get(1) : quoted(test.subList(1, test.size()));
    }

    /** Words as a shell reads them. */
    static String quoted(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[A-Za-z0-9_./:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Asked often at first, so that nobody waits longer than needed. */
    Map<String, Object> describe() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("test", test);
        health.put("interval", "1s");
        health.put("timeout", timeout.toSeconds() + "s");
        health.put("retries", (int) Math.max(3, patience.toSeconds()));
        return health;
    }
}
