package dev.paddock.script;

import java.util.Arrays;

/** The statement that was carried out last, which a command to psql may want once more. Not thread-safe. */
final class LastStatement {
    /** Nobody writes a longer one to have it carried out twice. */
    private static final int LONGEST = 256 * 1024;

    private byte[] bytes = new byte[1024];
    private Statement statement = new Statement(bytes, 0, 0, 0, 0);

    void keep(Statement carriedOut) {
        if (carriedOut.bytes() == bytes) {
            return;
        }
        int length = carriedOut.length() > LONGEST ? 0 : carriedOut.length();
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
        }
        System.arraycopy(carriedOut.bytes(), carriedOut.offset(), bytes, 0, length);
        statement = new Statement(bytes, 0, length, carriedOut.firstToken(), carriedOut.line());
    }

    /** Of no length if there is none. */
    Statement statement() {
        return statement;
    }
}
