package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;

/**
 * SHA-256 and the keyed forms of it that SCRAM is made of. HMAC is spelt out here because {@code javax.crypto} takes longer to
 * load than a server takes to start. Not thread-safe.
 */
final class Sha256 {
    private static final int BLOCK = 64;

    private final MessageDigest digest;

    private Sha256(MessageDigest digest) {
        this.digest = digest;
    }

    static Sha256 create() {
        try {
            return new Sha256(MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new PaddockException("this Java has no SHA-256", "use another JDK", everyPlatformHasIt);
        }
    }

    byte[] hash(byte[] data) {
        return digest.digest(data);
    }

    byte[] hmac(byte[] key, byte[] data) {
        byte[] shortKey = key.length > BLOCK ? digest.digest(key) : key;
        byte[] pad = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            pad[i] = (byte) ((i < shortKey.length ? shortKey[i] : 0) ^ 0x36);
        }
        digest.update(pad);
        byte[] inner = digest.digest(data);
        for (int i = 0; i < BLOCK; i++) {
            pad[i] ^= (byte) (0x36 ^ 0x5c);
        }
        digest.update(pad);
        return digest.digest(inner);
    }

    byte[] hmac(byte[] key, String data) {
        return hmac(key, data.getBytes(StandardCharsets.UTF_8));
    }

    /** PBKDF2 for one block, which SCRAM calls Hi. */
    byte[] saltedPassword(String password, byte[] salt, int iterations) {
        byte[] key = normalized(password).getBytes(StandardCharsets.UTF_8);
        byte[] first = new byte[salt.length + 4];
        System.arraycopy(salt, 0, first, 0, salt.length);
        first[first.length - 1] = 1;
        byte[] last = hmac(key, first);
        byte[] sum = last.clone();
        for (int i = 1; i < iterations; i++) {
            last = hmac(key, last);
            for (int k = 0; k < sum.length; k++) {
                sum[k] ^= last[k];
            }
        }
        return sum;
    }

    /** SASLprep as far as it changes letters; PostgreSQL likewise leaves alone what isn't well-formed. */
    private static String normalized(String password) {
        for (int i = 0; i < password.length(); i++) {
            if (password.charAt(i) >= 0x80) {
                return Normalizer.normalize(password, Normalizer.Form.NFKC);
            }
        }
        return password;
    }
}
