package dev.paddock.cli;

import dev.paddock.cli.terminal.Terminal;
import dev.paddock.home.PaddockHome;
import java.util.List;

/** Entry of the {@code paddock} command, started by the launcher. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        nameTheProviderOfChannels();
        Terminal terminal = Terminal.ofProcess();
        int code = new Dispatcher(new Session(terminal, PaddockHome.ofUser())).run(List.of(args));
        if (code == ExitCode.OK && !terminal.isDelivered()) {
            terminal.fail("standard output can't be written to", java.util.Optional.empty());
            code = ExitCode.FAILURE;
        }
        System.exit(code);
    }

    /** Not told, the JVM looks for one in each jar of the class path before it opens its first socket. */
    private static void nameTheProviderOfChannels() {
        String ofLinux = "sun.nio.ch.EPollSelectorProvider";
        try {
            Class.forName(ofLinux, false, null);
            System.setProperty("java.nio.channels.spi.SelectorProvider", ofLinux);
        } catch (ClassNotFoundException anotherSystem) {
            // Then it looks.
        }
    }
}
