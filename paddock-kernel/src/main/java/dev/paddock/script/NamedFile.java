package dev.paddock.script;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a command to psql names. */
final class NamedFile {
    private NamedFile() {}

    /** @param besideScript whether it is looked for from beside the script alone, and not first from where psql was started */
    static Path find(CommandLine command, String name, ScriptSession session, boolean besideScript) throws IOException {
        Path script = command.source().file();
        try {
            Path fromFolder = session.folder().resolve(name);
            Path beside = script.resolveSibling(name);
            if (session.isUnwritten(besideScript && isOfThisMachine(beside) ? beside : fromFolder)) {
                throw command.refused("psql would have written this file before, and here nothing is", null);
            }
            return session.files().find(name, script, besideScript ? Optional.empty() : Optional.of(session.folder()));
        } catch (InvalidPathException impossible) {
            throw command.refused("'" + name + "' can't be a path", "check the path");
        } catch (FileAccess.Refused refused) {
            throw command.refused(
                    refused.why(), refused.advice() + "; or " + command.source().byPsql());
        }
    }

    private static boolean isOfThisMachine(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault());
    }
}
