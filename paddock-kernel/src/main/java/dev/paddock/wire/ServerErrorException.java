package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import java.util.Optional;
import java.util.OptionalInt;

/** The server refused a statement, or the connection. The hint is the server's own. */
public final class ServerErrorException extends PaddockException {
    private static final long serialVersionUID = 1;

    private final transient ServerMessage error;

    public ServerErrorException(ServerMessage error) {
        super(describe(error), error.hint().orElse(null));
        this.error = error;
    }

    private static String describe(ServerMessage error) {
        String detail = error.detail().isPresent() ? ": " + error.detail().get() : "";
        return error.message() + detail + " (SQLSTATE " + error.sqlState() + ")";
    }

    /** All that the server said. */
    public ServerMessage error() {
        return error;
    }

    /** Whether the server ended the connection with it. */
    public boolean isFatal() {
        return !error.severity().equals("ERROR");
    }

    public String severity() {
        return error.severity();
    }

    public String sqlState() {
        return error.sqlState();
    }

    /** The server's message alone. */
    public String serverMessage() {
        return error.message();
    }

    public Optional<String> detail() {
        return error.detail();
    }

    /** In characters from 1, within what was sent. */
    public OptionalInt position() {
        return error.position();
    }

    public Optional<String> where() {
        return error.where();
    }
}
