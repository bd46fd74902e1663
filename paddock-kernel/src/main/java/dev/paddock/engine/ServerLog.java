package dev.paddock.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What a server has logged since it started, in the order of its bytes. Thread-safe. */
public interface ServerLog {

    /** How many bytes there are now; nothing that the server logs later stands before. */
    long size();

    /** The lines from a position on, the last {@code most} bytes of them; none if the server and its log are gone. */
    List<String> lines(long from, int most);

    /**
     * Writes all from a position on, byte by byte as it is.
     *
     * @return the position after it
     * @throws IOException if {@code to} does
     */
    long copy(long from, OutputStream to) throws IOException;
}
