package dev.paddock.script;

import dev.paddock.model.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The SQL of an input.
 *
 * @param file what the user named
 * @param hasLines whether the lines of the text are lines of the file
 * @param text closed by whoever opens the source
 */
record ScriptSource(Path file, boolean hasLines, InputStream text) implements AutoCloseable {
    private static final int UNZIP_BUFFER = 64 * 1024;

    static ScriptSource open(Input input, Progress progress) throws IOException {
        if (input instanceof Input.Archive archive) {
            return new ScriptSource(
                    archive.path(), false, RestoredStream.open(PgRestore.find(archive.path()), archive.path()));
        }
        InputStream file = MeteredStream.open(input.path(), progress);
        try {
            boolean gzipped = input instanceof Input.Script script && script.gzipped();
            return new ScriptSource(input.path(), true, gzipped ? new GZIPInputStream(file, UNZIP_BUFFER) : file);
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    /** A script that another one includes. */
    static ScriptSource include(Path file) throws IOException {
        return open(FirstBytes.classify(file), Progress.NONE);
    }

    static ScriptException damaged(Path file, IOException why) {
        return new ScriptException(
                file, 0, null, "the compressed file is cut off or damaged: " + why.getMessage(), "make it anew", why);
    }

    /** What to say of a failure to read on. */
    ScriptException unreadable(long line, IOException why) {
        if (why instanceof java.util.zip.ZipException
                || (text instanceof GZIPInputStream && why instanceof java.io.EOFException)) {
            return damaged(file, why);
        }
        String hint = why instanceof NotTextException ? "give a .sql or .sql.gz file, or what pg_dump wrote" : null;
        return new ScriptException(file, hasLines ? line : 0, null, String.valueOf(why.getMessage()), hint, why);
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
