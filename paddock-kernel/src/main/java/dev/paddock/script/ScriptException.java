package dev.paddock.script;

import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A script could not be run to its end. The message names the file, the line, the statement and what is wrong with it. */
public final class ScriptException extends PaddockException {
    private static final long serialVersionUID = 1;

    private final transient Path file;
    private final long line;
    private final @Nullable String statement;

    ScriptException(Path file, long line, @Nullable String statement, String why, @Nullable String hint) {
        this(file, line, statement, why, hint, null);
    }

    ScriptException(
            Path file,
            long line,
            @Nullable String statement,
            String why,
            @Nullable String hint,
            @Nullable Throwable cause) {
        super(describe(file, line, statement, why), hint, cause);
        this.file = file;
        this.line = line;
        this.statement = statement;
    }

    private static String describe(Path file, long line, @Nullable String statement, String why) {
        String place = line > 0 ? file + ", line " + line : file.toString();
        return place + ": " + why + (statement == null ? "" : "\n  in: " + statement);
    }

    public Path file() {
        return file;
    }

    /** Where the statement starts, from 1; 0 if it is not one line that is wrong. */
    public long line() {
        return line;
    }

    /** The statement, shortened, if it is one that failed. */
    public Optional<String> statement() {
        return Optional.ofNullable(statement);
    }
}
