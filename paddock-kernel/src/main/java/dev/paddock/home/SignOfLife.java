package dev.paddock.home;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file that a process keeps locked as long as it lives: the one sign of life that is seen from other containers, in which the numbers of
 * processes mean nothing. Held by shell scripts, with {@code flock} of util-linux; a lock of Java's would not see that.
 */
public final class SignOfLife {
    /** A line of whoever holds it; without that line it was never locked, and tells nothing. */
    private static final String HELD = "held";

    private static final int FREE = 0;
    private static final long PATIENCE = 10;

    private SignOfLife() {}

    /** Whether a process runs, or may do so where it can't be seen. */
    public static boolean mayLive(ProcessStamp process, Path sign) {
        return process.isOutOfSight() ? !isGone(sign) : process.isAlive();
    }

    /** Whether somebody has held it who doesn't any more; a copy of one was never held by anybody. */
    public static boolean isGone(Path sign) {
        try {
            return WholeFile.read(sign).lines().anyMatch(HELD::equals) && isFree(sign);
        } catch (NoSuchFileException removed) {
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether somebody holds it now, whatever is written there. */
    public static boolean isHeld(Path sign) {
        try {
            return !isFree(sign);
        } catch (IOException noFlock) {
            return true;
        }
    }

    private static boolean isFree(Path sign) throws IOException {
        Process trial = new ProcessBuilder("flock", "-n", sign.toString(), "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return trial.waitFor(PATIENCE, TimeUnit.SECONDS) && trial.exitValue() == FREE;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            trial.destroyForcibly();
        }
    }
}
