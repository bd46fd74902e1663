package dev.paddock.script;

import dev.paddock.home.Folders;
import dev.paddock.home.Links;
import dev.paddock.home.OwnFolders;
import dev.paddock.model.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The SQL of an input.
 *
 * @param file what the user named
 * @param hasLines whether the lines of the text are lines of the file
 * @param text closed by whoever opens the source
 */
record ScriptSource(Path file, boolean hasLines, InputStream text) implements AutoCloseable {

    static ScriptSource open(Input input, Progress progress) throws IOException {
        Path path = input.path();
        if (input instanceof Input.Stream pipe) {
            return stream(pipe, progress);
        }
        if (input instanceof Input.Script script) {
            InputStream file = MeteredStream.open(script, progress);
            return closedOnFailure(
                    file, () -> new ScriptSource(path, true, script.packing().unpack(path, file)));
        }
        // pg_restore opens by name, and what others can write to may be a link by then: it gets a copy of that.
        if (input.within().isEmpty() || OwnFolders.isOwn(path)) {
            return new ScriptSource(path, false, RestoredStream.open(PgRestore.find(path), path, false));
        }
        Path within = input.within().get();
        return Files.isDirectory(path) ? folder(path, within) : archive(path, Links.open(within, path));
    }

    private static ScriptSource folder(Path path, Path within) throws IOException {
        Path pgRestore = PgRestore.find(path);
        Path copy = Files.createTempDirectory("paddock-archive");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                try (InputStream in = Links.open(within, file)) {
                    Files.copy(in, copy.resolve(String.valueOf(file.getFileName())));
                }
            }
            return new ScriptSource(path, false, RestoredStream.open(pgRestore, copy, true));
        } catch (IOException failure) {
            Folders.delete(copy);
            throw failure;
        }
    }

    private static ScriptSource stream(Input.Stream pipe, Progress progress) throws IOException {
        Path path = pipe.path();
        InputStream in = new BufferedInputStream(MeteredStream.once(pipe, progress), FirstBytes.ENOUGH);
        return closedOnFailure(in, () -> {
            FirstBytes first = FirstBytes.peek(in);
            if (first.isArchive()) {
                return archive(path, in);
            }
            if (first.packing() == Packing.NONE) {
                first.requireText(path);
                return new ScriptSource(path, true, in);
            }
            InputStream plain = new BufferedInputStream(first.packing().unpack(path, in), FirstBytes.ENOUGH);
            FirstBytes.peek(plain).requireUnpacked(path);
            return new ScriptSource(path, true, plain);
        });
    }

    /** pg_restore goes back and forth in an archive, so it gets a copy that only this user can read. */
    private static ScriptSource archive(Path path, InputStream in) throws IOException {
        Path pgRestore = PgRestore.find(path);
        Path copy = Files.createTempFile("paddock-archive", ".dump");
        try (in) {
            // Into the file that is there: another in its place would be readable by everybody.
            try (OutputStream out = Files.newOutputStream(copy, StandardOpenOption.WRITE)) {
                in.transferTo(out);
            }
            return new ScriptSource(path, false, RestoredStream.open(pgRestore, copy, true));
        } catch (IOException failure) {
            Files.deleteIfExists(copy);
            throw failure;
        }
    }

    private interface Opening {
        ScriptSource open() throws IOException;
    }

    private static ScriptSource closedOnFailure(InputStream file, Opening opening) throws IOException {
        try {
            return opening.open();
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /** A script that another one includes, by its real path. */
    static ScriptSource include(Path file) throws IOException {
        return open(FirstBytes.classify(file, Optional.of(file)), Progress.NONE);
    }

    static ScriptException damaged(Path file, IOException why) {
        return new ScriptException(file, 0, null, String.valueOf(why.getMessage()), "make it anew", why);
    }

    /** What to say of a failure to read on. */
    ScriptException unreadable(long line, IOException why) {
        if (why instanceof Packing.Damaged) {
            return damaged(file, why);
        }
        String hint = why instanceof NotTextException ? "give a .sql or .sql.gz file, or what pg_dump wrote" : null;
        return new ScriptException(file, hasLines ? line : 0, null, String.valueOf(why.getMessage()), hint, why);
    }

    /** How psql runs the script, which follows all that it is told. */
    String byPsql() {
        return "run it with psql itself: paddock run -- psql -v ON_ERROR_STOP=1 -f '"
                + file.toString().replace("'", "'\\''") + "'";
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
