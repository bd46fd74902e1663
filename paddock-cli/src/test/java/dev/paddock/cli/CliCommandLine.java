package dev.paddock.cli;

import java.nio.file.Path;

/** The command as a line for a shell. */
final class CliCommandLine {
    private CliCommandLine() {}

    static String of(String... arguments) {
        return "'" + Path.of(System.getProperty("java.home"), "bin/java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' dev.paddock.cli.Main " + String.join(" ", arguments);
    }
}
