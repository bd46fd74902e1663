package dev.paddock.cli.terminal;

import dev.paddock.model.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where answers go: what a program reads to standard output, what a person reads to standard error. Always UTF-8. Colour and
 * progress only where they are looked at: on a terminal, and no colour if {@code NO_COLOR} is set. Thread-safe.
 */
public final class Terminal {
    /** Set by the launcher to the numbers of those of its streams that are terminals, for no JVM of ours can tell. */
    private static final String STREAMS = "paddock.terminals";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colourOnOut;
    private final boolean colourOnErr;
    private final boolean isOutWatched;
    private final Progress progress;

    private Terminal(
            PrintStream out,
            PrintStream err,
            boolean colourOnOut,
            boolean colourOnErr,
            boolean isOutWatched,
            Optional<ProgressLine> line) {
        this.out = out;
        this.err = err;
        this.colourOnOut = colourOnOut;
        this.colourOnErr = colourOnErr;
        this.isOutWatched = isOutWatched;
        this.progress = line.<Progress>map(shown -> shown).orElseGet(this::notes);
    }

    /** That of this process; its streams stay open for as long as the process lives. */
    public static Terminal ofProcess() {
        String terminals = System.getProperty(STREAMS, "");
        boolean colour = System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                && !System.getenv().getOrDefault("TERM", "").equals("dumb");
        PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
        boolean watched = terminals.indexOf('2') >= 0;
        return new Terminal(
                utf8(new FileOutputStream(FileDescriptor.out)),
                err,
                colour && terminals.indexOf('1') >= 0,
                colour && watched,
                terminals.indexOf('1') >= 0,
                watched ? Optional.of(new ProgressLine(err, System::nanoTime)) : Optional.empty());
    }

    /** One that isn't looked at: neither colours nor progress. The streams are the caller's to close. */
    public static Terminal of(OutputStream out, OutputStream err) {
        return new Terminal(utf8(out), utf8(err), false, false, false, Optional.empty());
    }

    /** One that nobody sees. */
    public static Terminal silent() {
        PrintStream nowhere = utf8(OutputStream.nullOutputStream());
        return new Terminal(nowhere, nowhere, false, false, false, Optional.empty());
    }

    private static PrintStream utf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    /** A line for programs, to the letter; where a person looks on, what could control the terminal is made visible. */
    public void print(String line) {
        out.print((isOutWatched ? Visible.text(line) : line) + "\n");
    }

    /** A line for people. What could control a terminal is made visible. */
    public void tell(String line) {
        err.print(Visible.text(line) + "\n");
    }

    /**
     * Standard output as a stream for text of unknown origin, such as a log: to the byte for programs; where a person looks on, what
     * could control the terminal is made visible. Never to be closed.
     */
    public OutputStream textOut() {
        return isOutWatched ? new VisibleStream(out) : out;
    }

    /** What went wrong and, if anything, what to do about it. */
    public void fail(String message, Optional<String> hint) {
        tell(onErr(Style.BAD, "paddock:") + " " + message);
        hint.ifPresent(advice -> tell(onErr(Style.STRONG, "hint:") + " " + advice));
    }

    public void trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        err.print(Visible.text(trace.toString()));
    }

    /** The word as it should look on standard output. */
    public String onOut(Style style, String word) {
        return colourOnOut ? style.apply(word) : word;
    }

    private String onErr(Style style, String word) {
        return colourOnErr ? style.apply(word) : word;
    }

    public boolean isOutColoured() {
        return colourOnOut;
    }

    /** Standard output as a writer; to be flushed, never closed. */
    public PrintWriter writer() {
        return new PrintWriter(out, false, StandardCharsets.UTF_8);
    }

    private Progress notes() {
        return new Progress() {
            @Override
            public void advance(String activity, long done, long total) {}

            @Override
            public void note(String line) {
                tell("paddock: " + line);
            }
        };
    }

    /** Shows one line that is gone when the activity ends, where somebody looks; and notes, which stay. */
    public Progress progress() {
        return progress;
    }

    /** Whether all of the output has reached its reader so far. */
    public boolean isDelivered() {
        return !out.checkError();
    }
}
