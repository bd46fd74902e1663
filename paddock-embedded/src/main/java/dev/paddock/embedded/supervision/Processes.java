package dev.paddock.embedded.supervision;

import dev.paddock.home.ProcessStamp;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What can be done to processes of this account by their numbers. */
public final class Processes {
    private static final long PATIENCE_SECONDS = 10;

    private Processes() {}

    /** None if there is no such process. */
    public static List<ProcessHandle> childrenOf(long pid) {
        return ProcessHandle.of(pid).map(parent -> parent.children().toList()).orElse(List.of());
    }

    /** The process and all below it, itself first; none if there is no such process. */
    public static List<ProcessHandle> familyOf(long pid) {
        return ProcessHandle.of(pid)
                .map(head -> Stream.concat(Stream.of(head), head.descendants()).toList())
                .orElse(List.of());
    }

    /** All of an account of the machine, by its number. */
    public static Stream<Long> of(int account) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> isOf(account, pid) && ProcessStamp.of(pid).isPresent());
    }

    private static boolean isOf(int account, long pid) {
        try {
            return (int) Files.getAttribute(Path.of("/proc", Long.toString(pid)), "unix:uid") == account;
        } catch (IOException ended) {
            return false;
        }
    }

    /** Lets those go on that somebody has stopped. */
    public static void resume(List<Long> pids) {
        List<Long> stopped =
                pids.stream().filter(pid -> ProcessStamp.isStopped(pid)).toList();
        if (!stopped.isEmpty()) {
            signal("CONT", stopped);
        }
    }

    /** @return whether all of them were there to be signalled */
    private static boolean signal(String name, List<Long> pids) {
        List<String> command = new ArrayList<>(List.of("kill", "-s", name));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && kill.exitValue() == 0;
        } catch (IOException failure) {
            throw new PaddockException("can't run kill: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted", interrupted);
        }
    }
}
