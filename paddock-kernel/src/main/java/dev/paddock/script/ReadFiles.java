package dev.paddock.script;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what scripts read by {@code \i}, {@code \ir} and {@code \copy}, from their lines alone. What it takes wrongly for a command,
 * such as a line of COPY data, counts for nothing unless there is such a file.
 */
final class ReadFiles {
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST_LINE = 4096;

    private final FileAccess access;
    private final Set<Path> found = new LinkedHashSet<>();

    private ReadFiles(FileAccess access) {
        this.access = access;
    }

    static List<Path> of(List<Path> inputs, FileAccess access) {
        ReadFiles files = new ReadFiles(access);
        for (Input input : InputFinder.find(inputs).inputs()) {
            files.input(input);
        }
        return List.copyOf(files.found);
    }

    private void input(Input input) {
        // To unpack a large dump just to find nothing in it would take longer than all else.
        if (!(input instanceof Input.Script script) || script.packing() != Packing.NONE) {
            return;
        }
        try (InputStream in = script.open()) {
            script(new Bytes(in), script.path());
        } catch (IOException unreadable) {
            throw new ScriptException(
                    script.path(), 0, null, "can't be read: " + unreadable.getMessage(), null, unreadable);
        }
    }

    /** A stream's bytes one by one, without the lock that Java's own buffer takes for each. */
    private static final class Bytes {
        private final InputStream in;
        private final byte[] block = new byte[BLOCK];
        private int at;
        private int end;

        Bytes(InputStream in) {
            this.in = in;
        }

        int next() throws IOException {
            if (at == end) {
                at = 0;
                end = in.read(block);
                if (end <= 0) {
                    end = 0;
                    return -1;
                }
            }
            return block[at++] & 0xff;
        }
    }

    private void script(Bytes bytes, Path script) throws IOException {
        boolean lineStart = true;
        for (int c = bytes.next(); c != -1; c = bytes.next()) {
            if (lineStart && c == '\\') {
                command(restOfLine(bytes), script);
                lineStart = true;
            } else {
                lineStart = c == '\n' || (lineStart && (c == ' ' || c == '\t'));
            }
        }
    }

    private static byte[] restOfLine(Bytes bytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write('\\');
        for (int c = bytes.next(); c != -1 && c != '\n'; c = bytes.next()) {
            if (line.size() < LONGEST_LINE) {
                line.write(c);
            }
        }
        return line.toByteArray();
    }

    private void command(byte[] line, Path script) throws IOException {
        ScriptText text = new ScriptText(new ByteArrayInputStream(line), line.length + 1);
        text.read();
        Interpolation none = new Interpolation(new Variables(), () -> StandardCharsets.UTF_8);
        Conditions conditions = new Conditions(new StatementLexer(text, none));
        ScriptSource source = new ScriptSource(script, false, InputStream.nullInputStream());
        try {
            CommandLine command = CommandLine.read(source, text, none, conditions, 0);
            Optional<Path> folder = Optional.of(Path.of(""));
            switch (command.name()) {
                case "i", "include" -> included(command.argumentWithoutSemicolon(), script, folder);
                case "ir", "include_relative" -> included(command.argumentWithoutSemicolon(), script, Optional.empty());
                case "copy" -> {
                    ClientCopy copy = ClientCopy.parse(command.restOfLine());
                    if (copy.kind() == ClientCopy.Kind.FROM_FILE) {
                        found.add(access.find(copy.file(), script, folder));
                    }
                }
                default -> {}
            }
        } catch (ScriptException | FileAccess.Refused tellsItWhenItRuns) {
            // Whether it is really a command is seen then.
        }
    }

    private void included(Optional<String> name, Path script, Optional<Path> folder)
            throws IOException, FileAccess.Refused {
        Path file = access.find(name.orElse(""), script, folder);
        if (found.add(file)) {
            input(FirstBytes.classify(file, Optional.of(file)));
        }
    }
}
