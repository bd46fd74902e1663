package dev.paddock.embedded.installation;

import dev.paddock.home.Account;
import dev.paddock.model.PaddockException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a program for something short, such as its version. It is told nothing of this process: neither its environment nor its folder. */
final class ProgramOutput {
    private static final long SECONDS = 10;
    /** Where programs and their libraries are. */
    private static final List<String> NEEDED = List.of("PATH", "LD_LIBRARY_PATH");

    private ProgramOutput() {}

    /** @throws IOException when it can't be run, fails, or doesn't end within seconds */
    static String of(Path program, String question) throws IOException {
        return of(program, question, List.of());
    }

    /** Like {@link #of(Path, String)}, with the program running as that account and no other. */
    static String of(Path program, String question, Account account) throws IOException {
        return account.own()
                ? of(program, question)
                : of(
                        program,
                        question,
                        List.of(
                                "setpriv",
                                "--reuid=" + account.uid(),
                                "--regid=" + account.gid(),
                                "--clear-groups",
                                "--no-new-privs",
                                "--"));
    }

    private static String of(Path program, String question, List<String> by) throws IOException {
        List<String> command = new ArrayList<>(by);
        command.add(program.toString());
        command.add(question);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(NEEDED);
        Process process = builder.directory(new File("/")).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("no answer to " + question + " within " + SECONDS + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException("exit code " + process.exitValue() + ", '" + said + "'");
            }
            return said;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while asking " + program + " for " + question, stop);
        } finally {
            process.destroyForcibly();
        }
    }
}
