package dev.paddock.cli.child;

import java.util.List;

/** A process that runs a program which interrupts both of them and ends at that very moment, as at Ctrl-C. */
final class Interrupted {
    static final int CODE = 7;

    private Interrupted() {}

    public static void main(String[] arguments) {
        keepEachProcessorBusy();
        ForegroundProgram program = ForegroundProgram.of(List.of("sh", "-c", "kill -s INT $PPID; exit " + CODE));
        int code = program.run(variables -> {});
        // As long as the server's end may take: an interruption that comes late comes now.
        long end = System.nanoTime() + 50_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(code);
    }

    private static void keepEachProcessorBusy() {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread burner = new Thread(() -> {
                while (true) {
                    Thread.onSpinWait();
                }
            });
            burner.setDaemon(true);
            burner.start();
        }
    }
}
