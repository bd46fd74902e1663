package dev.paddock.script;

import dev.paddock.model.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file being read, telling how far. */
final class MeteredStream extends FilterInputStream {
    private final Progress progress;
    private final String activity;
    private final long total;
    private long done;

    private MeteredStream(InputStream file, Progress progress, String activity, long total) {
        super(file);
        this.progress = progress;
        this.activity = activity;
        this.total = total;
    }

    /** Of what can be read only once; its length is known when it ends. */
    static MeteredStream once(Input.Stream pipe, Progress progress) throws IOException {
        return new MeteredStream(OnceRead.open(pipe), progress, "loading " + pipe.path(), 0);
    }

    static MeteredStream open(Input.Script script, Progress progress) throws IOException {
        Path file = script.path();
        return new MeteredStream(script.open(), progress, "loading " + file.getFileName(), Files.size(file));
    }

    /** Not asked of a pipe, which a channel looks for its place in. */
    @Override
    public int available() {
        return 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0) {
            done += count;
            progress.advance(activity, done, total == 0 ? 0 : Math.max(done, total));
        } else if (total == 0 && done > 0) {
            progress.advance(activity, done, done);
        }
        return count;
    }
}
