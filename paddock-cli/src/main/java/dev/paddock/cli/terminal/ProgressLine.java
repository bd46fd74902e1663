package dev.paddock.cli.terminal;

import dev.paddock.model.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One line at the bottom of the terminal that tells what takes so long. Says nothing of what is quick. Thread-safe. */
final class ProgressLine implements Progress {
    private static final long PATIENCE = Duration.ofMillis(300).toNanos();
    private static final long INTERVAL = Duration.ofMillis(80).toNanos();
    private static final int BAR = 24;
    private static final String ERASE = "\r\033[K";

    private final PrintStream screen;
    private final LongSupplier nanoClock;
    private String current = "";
    private long begin;
    private long lastDrawn;
    private boolean isDrawn;

    ProgressLine(PrintStream screen, LongSupplier nanoClock) {
        this.screen = screen;
        this.nanoClock = nanoClock;
    }

    @Override
    public synchronized void advance(String activity, long done, long total) {
        long now = nanoClock.getAsLong();
        if (!activity.equals(current)) {
            erase();
            current = activity;
            begin = now;
        }
        if (total > 0 && done >= total) {
            erase();
            current = "";
        } else if (now - begin >= PATIENCE && (!isDrawn || now - lastDrawn >= INTERVAL)) {
            screen.print(ERASE + Visible.line(activity) + (total > 0 ? "  " + bar(done, total) : " …"));
            isDrawn = true;
            lastDrawn = now;
        }
    }

    @Override
    public synchronized void note(String line) {
        erase();
        screen.print("paddock: " + Visible.text(line) + "\n");
    }

    private void erase() {
        if (isDrawn) {
            screen.print(ERASE);
            isDrawn = false;
        }
    }

    private static String bar(long done, long total) {
        int filled = (int) (BAR * Math.max(0, Math.min(done, total)) / total);
        return "█".repeat(filled) + "░".repeat(BAR - filled) + " " + 100 * done / total + " %";
    }
}
