package dev.paddock.wire;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What PostgreSQL stores instead of a password. Sent in {@code ALTER ROLE … PASSWORD}, it keeps the password itself out of the
 * server's log.
 */
public final class ScramVerifier {
    private static final int SALT_BYTES = 16;
    private static final int FOR_ANY_CLIENT = 1000;

    private ScramVerifier() {}

    /**
     * For whatever client: with as few iterations as all of them take. Go's lib/pq wants a number of four digits.
     *
     * @return {@code SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>}
     */
    public static String of(String password) {
        return of(password, salt(), FOR_ANY_CLIENT);
    }

    /**
     * For clients of our choice, and a password of 128 random bits: with one iteration. Stretching protects passwords that can be
     * guessed, costs each connection time, and such a one can't be guessed.
     *
     * @return as {@link #of(String)}
     */
    public static String unstretched(String password) {
        return of(password, salt(), 1);
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    static String of(String password, byte[] salt, int iterations) {
        Sha256 sha = Sha256.create();
        byte[] salted = sha.saltedPassword(password, salt, iterations);
        byte[] storedKey = sha.hash(sha.hmac(salted, "Client Key"));
        byte[] serverKey = sha.hmac(salted, "Server Key");
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }
}
