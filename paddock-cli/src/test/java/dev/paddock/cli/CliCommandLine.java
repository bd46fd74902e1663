package dev.paddock.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The command as a line for a shell. */
final class CliCommandLine {
    private CliCommandLine() {}

    static String of(String... arguments) {
        Optional<Path> launcher = PaddockCommand.ofCheckout().launcher();
        if (launcher.isPresent()) {
            return "'" + launcher.get() + "' " + String.join(" ", arguments);
        }
        return "'" + Path.of(System.getProperty("java.home"), "bin/java") + "' -XX:TieredStopAtLevel=1 -cp '"
                + System.getProperty("java.class.path") + "' dev.paddock.cli.Main " + String.join(" ", arguments);
    }
}
