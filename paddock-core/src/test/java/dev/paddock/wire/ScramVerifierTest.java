package dev.paddock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ScramVerifierTest {
    private static final byte[] SALT = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    @Test
    void holdsTheKeysThatTheJdkDerives() throws Exception {
        String verifier = ScramVerifier.of("correct horse", SALT, 4096);

        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec("correct horse".toCharArray(), SALT, 4096, 256))
                .getEncoded();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salted, "HmacSHA256"));
        String serverKey =
                Base64.getEncoder().encodeToString(mac.doFinal("Server Key".getBytes(StandardCharsets.US_ASCII)));
        assertThat(verifier)
                .startsWith("SCRAM-SHA-256$4096:" + Base64.getEncoder().encodeToString(SALT) + "$")
                .endsWith(":" + serverKey);
    }

    @Test
    void isAnotherEachTimeAndStretchedForStrangersAlone() {
        assertThat(ScramVerifier.of("secret"))
                .startsWith("SCRAM-SHA-256$1000:")
                .isNotEqualTo(ScramVerifier.of("secret"));
        assertThat(ScramVerifier.unstretched("secret")).startsWith("SCRAM-SHA-256$1:");
    }
}
