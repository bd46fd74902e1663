package dev.paddock.wire;

import dev.paddock.model.PaddockException;
import dev.paddock.model.SaltedPassword;
import dev.paddock.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The client's side of one SCRAM-SHA-256 login, without channel binding: three messages, in this order. Not thread-safe. */
public final class ScramExchange {
    public static final String MECHANISM = "SCRAM-SHA-256";
    private static final String NO_CHANNEL_BINDING = "n,,";
    private static final int NONCE_BYTES = 18;
    /** A second or so; PostgreSQL's own default is 4,096. */
    private static final int MOST_ITERATIONS = 1_000_000;

    private final Secret password;
    private final String firstBare;
    private final String nonce;
    private byte[] serverSignature = new byte[0];

    private ScramExchange(Secret password, String nonce) {
        this.password = password;
        this.nonce = nonce;
        // The server takes the user from the start-up message and ignores this one.
        this.firstBare = "n=,r=" + nonce;
    }

    public static ScramExchange begin(Secret password) {
        byte[] random = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(random);
        return new ScramExchange(password, Base64.getEncoder().encodeToString(random));
    }

    /** Introduces the client. */
    public byte[] first() {
        return (NO_CHANNEL_BINDING + firstBare).getBytes(StandardCharsets.US_ASCII);
    }

    /** Proves that the client knows the password. */
    public byte[] answer(byte[] challenge) {
        String serverFirst = new String(challenge, StandardCharsets.UTF_8);
        String serverNonce = field(serverFirst, 'r');
        if (!serverNonce.startsWith(nonce) || serverNonce.length() == nonce.length()) {
            throw new PaddockException("the server's part of the SCRAM login doesn't belong to ours");
        }
        String salt = field(serverFirst, 's');
        int iterations = Integer.parseInt(field(serverFirst, 'i'));
        if (iterations > MOST_ITERATIONS) {
            throw new PaddockException(
                    "the server wants a password to be hashed " + iterations + " times, which takes too long");
        }
        String finalBare = "c=biws,r=" + serverNonce;
        String all = firstBare + "," + serverFirst + "," + finalBare;

        Sha256 sha = Sha256.create();
        byte[] salted = Base64.getDecoder().decode(salted(salt, iterations).key());
        byte[] proof = sha.hmac(salted, "Client Key");
        byte[] signature = sha.hmac(sha.hash(proof), all);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= signature[i];
        }
        serverSignature = sha.hmac(sha.hmac(salted, "Server Key"), all);
        return (finalBare + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Makes sure that the server knew the password too. */
    public void verify(byte[] outcome) {
        byte[] claimed = Base64.getDecoder().decode(field(new String(outcome, StandardCharsets.US_ASCII), 'v'));
        if (!MessageDigest.isEqual(claimed, serverSignature)) {
            throw new PaddockException("the server did not prove that it knows the password");
        }
    }

    private SaltedPassword salted(String salt, int iterations) {
        return password.salted()
                .filter(known -> known.isFor(salt, iterations))
                .orElseGet(() ->
                        Stretching.of(password.value(), Base64.getDecoder().decode(salt), iterations));
    }

    private static String field(String message, char name) {
        int from = 0;
        while (from < message.length()) {
            int comma = message.indexOf(',', from);
            int end = comma < 0 ? message.length() : comma;
            if (message.charAt(from) == name) {
                return message.substring(from + 2, end);
            }
            from = end + 1;
        }
        throw new PaddockException("the server's SCRAM message lacks '" + name + "'");
    }
}
