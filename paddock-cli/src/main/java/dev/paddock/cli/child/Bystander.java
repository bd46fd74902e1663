package dev.paddock.cli.child;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shell beside a program: if this process is killed, it ends all that the program has started and that runs still. It knows them by
 * a variable that they inherit, for whoever has lost its parent is nobody's descendant any more. What has taken that variable out of
 * its environment is not found; nor is anything on a system without {@code /proc}. When the program ends by itself, what it leaves
 * running is left to run.
 */
final class Bystander implements AutoCloseable {
    private static final String VARIABLE = "PADDOCK_RUN";

    /** The end of its input without a word is the death of its owner. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP QUIT TSTP PIPE
            read -r over && exit
            round=0 told=' '
            while [ "$round" -lt 60 ]; do
              marked=$(grep -l -z -x -F "$1" /proc/[0-9]*/environ 2>/dev/null)
              [ -n "$marked" ] || exit
              for file in $marked; do
                pid=${file#/proc/} pid=${pid%/environ}
                # A second word would make some give up what they do in order.
                case $round$told in
                  5[0-9]*) kill -s KILL "$pid" ;;
                  *" $pid "*) ;;
                  *) kill -s TERM "$pid"; told="$told$pid " ;;
                esac 2>/dev/null
              done
              sleep 0.1
              round=$((round + 1))
            done
            """;

    private final String mark;
    private final @Nullable OutputStream words;

    private Bystander(String mark, @Nullable OutputStream words) {
        this.mark = mark;
        this.words = words;
    }

    /** One that does nothing where there is nothing that it could do. */
    static Bystander begin() {
        ProcessHandle self = ProcessHandle.current();
        String mark = self.pid() + "-" + Long.toString(System.nanoTime(), 36);
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return new Bystander(mark, null);
        }
        List<String> command = new ArrayList<>();
        // Whoever kills this process with all of its group, as timeout does, is not to reach it.
        ForegroundProgram.find("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of("/bin/sh", "-c", SCRIPT, "paddock", VARIABLE + "=" + mark));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // Who runs this process in turn isn't to take its bystander for a part of the program.
        builder.environment().remove(VARIABLE);
        try {
            return new Bystander(mark, builder.start().getOutputStream());
        } catch (IOException noShell) {
            return new Bystander(mark, null);
        }
    }

    /** Lets it find the program and what that starts. */
    void mark(Map<String, String> environment) {
        environment.put(VARIABLE, mark);
    }

    /** The program has ended by itself. */
    @Override
    public void close() {
        if (words != null) {
            try (words) {
                words.write('\n');
            } catch (IOException gone) {
                // Somebody has killed it, who may.
            }
        }
    }
}
