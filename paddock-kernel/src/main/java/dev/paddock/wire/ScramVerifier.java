package dev.paddock.wire;

import dev.paddock.model.SaltedPassword;
import dev.paddock.model.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What PostgreSQL stores instead of a password. Sent in {@code ALTER ROLE … PASSWORD}, it keeps the password itself out of the
 * server's log.
 */
public final class ScramVerifier {
    private static final int SALT_BYTES = 16;
    /** What PostgreSQL does itself. RFC 5802 allows no fewer, and many clients insist on that. */
    private static final int ITERATIONS = 4096;

    private ScramVerifier() {}

    /** The password with a salt, so that its verifier and all logins with it take no time any more. */
    public static Secret salted(Secret password) {
        if (password.salted().isPresent()) {
            return password;
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return password.withSalted(Stretching.of(password.value(), salt, ITERATIONS));
    }

    /** @return {@code SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>} */
    public static String of(Secret password) {
        return of(salted(password).salted().orElseThrow());
    }

    static String of(SaltedPassword salted) {
        Sha256 sha = Sha256.create();
        byte[] key = Base64.getDecoder().decode(salted.key());
        byte[] storedKey = sha.hash(sha.hmac(key, "Client Key"));
        byte[] serverKey = sha.hmac(key, "Server Key");
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + salted.iterations() + ":" + salted.salt() + "$" + base64.encodeToString(storedKey)
                + ":" + base64.encodeToString(serverKey);
    }
}
