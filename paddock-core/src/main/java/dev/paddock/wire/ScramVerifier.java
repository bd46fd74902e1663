package dev.paddock.wire;

import java.nio.charset.StandardCharsets;
import java.security.*;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class ScramVerifier {
    private ScramVerifier() {}

    public static String of(String password) {
        try {
            byte[] salt = new byte[16];
            new SecureRandom().nextBytes(salt);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(salt);
            mac.update(new byte[] {0, 0, 0, 1});
            byte[] salted = mac.doFinal();
            mac.init(new SecretKeySpec(salted, "HmacSHA256"));
            byte[] client = mac.doFinal("Client Key".getBytes(StandardCharsets.UTF_8));
            byte[] server = mac.doFinal("Server Key".getBytes(StandardCharsets.UTF_8));
            Base64.Encoder b = Base64.getEncoder();
            return "SCRAM-SHA-256$1:" + b.encodeToString(salt) + "$"
                    + b.encodeToString(MessageDigest.getInstance("SHA-256").digest(client)) + ":"
                    + b.encodeToString(server);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
