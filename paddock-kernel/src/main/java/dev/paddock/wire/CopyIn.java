package dev.paddock.wire;

import java.io.IOException;

/**
 * The data of a COPY FROM STDIN on its way to the server. To be {@linkplain #end ended} when it is whole; the server
 * discards what is closed before that. Not thread-safe.
 */
public final class CopyIn implements AutoCloseable {
    private final WireConnection connection;
    private final WireStream stream;
    private final WireStream.CopyWait wait = new WireStream.CopyWait();
    private boolean refused;
    private boolean ended;

    CopyIn(WireConnection connection, WireStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /**
     * Sends a block of data, of any length and cut anywhere.
     *
     * @return whether the server wants more; once it refused the data nothing is sent any longer
     */
    public boolean write(byte[] data, int offset, int length) {
        if (refused) {
            return false;
        }
        try {
            stream.setBlocking(false);
            stream.sendCopyData(data, offset, length, wait);
            for (char type = stream.arrived(); type != 0 && !refused; type = refused ? 0 : stream.arrived()) {
                if (type == 'E') {
                    refused = true;
                } else {
                    connection.aside(stream.next());
                }
            }
            return !refused;
        } catch (IOException failure) {
            throw connection.lost(failure);
        }
    }

    /** Says that the data is whole. */
    public void end() {
        try {
            backToBlocking();
            if (!refused) {
                stream.begin('c').end().flush();
            }
        } catch (IOException failure) {
            throw connection.lost(failure);
        }
    }

    /** Makes the server give up the COPY for this reason. */
    public void fail(String reason) {
        try {
            backToBlocking();
            if (!refused) {
                stream.begin('f').string(reason).end().flush();
            }
        } catch (IOException failure) {
            throw connection.lost(failure);
        }
    }

    private void backToBlocking() throws IOException {
        ended = true;
        wait.close();
        stream.setBlocking(true);
    }

    @Override
    public void close() {
        if (!ended) {
            fail("the data could not be read to its end");
        }
    }
}
