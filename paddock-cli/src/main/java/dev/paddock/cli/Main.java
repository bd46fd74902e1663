package dev.paddock.cli;

import dev.paddock.cli.terminal.Terminal;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.util.List;
import java.util.Optional;

/** Entry of the {@code paddock} command, started by the launcher. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        nameTheProviderOfChannels();
        Terminal terminal = Terminal.ofProcess();
        int code = run(terminal, List.of(args));
        if (code == ExitCode.OK && !terminal.isDelivered()) {
            terminal.fail("standard output can't be written to", Optional.empty());
            code = ExitCode.FAILURE;
        }
        System.exit(code);
    }

    private static int run(Terminal terminal, List<String> args) {
        Session session;
        try {
            session = new Session(terminal, PaddockHome.ofUser());
        } catch (PaddockException homeless) {
            terminal.fail(String.valueOf(homeless.getMessage()), homeless.hint(Vocabulary.COMMAND_LINE));
            return ExitCode.FAILURE;
        }
        return new Dispatcher(session).run(args);
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
