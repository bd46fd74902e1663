package dev.paddock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ScramVerifierTest {
    private static final byte[] SALT = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    @Test
    void holdsTheKeysThatTheJdkDerives() throws Exception {
        String verifier = ScramVerifier.of(Stretching.of("correct horse", SALT, 4096));

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
    void stretchesAsTheJdkDoes() throws Exception {
        SecretKeyFactory jdk = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
        for (String password : List.of("x", "a".repeat(63), "b".repeat(64), "c".repeat(65), "d".repeat(300))) {
            for (int iterations : List.of(1, 2, 1000)) {
                byte[] expected = jdk.generateSecret(new PBEKeySpec(password.toCharArray(), SALT, iterations, 256))
                        .getEncoded();
                assertThat(Stretching.of(password, SALT, iterations).key())
                        .as("%s times of %s", iterations, password)
                        .isEqualTo(Base64.getEncoder().encodeToString(expected));
            }
        }
    }

    @Test
    void isAnotherEachTimeWithAsManyIterationsAsClientsInsistOn() {
        assertThat(ScramVerifier.of(new Secret("secret")))
                .startsWith("SCRAM-SHA-256$4096:")
                .isNotEqualTo(ScramVerifier.of(new Secret("secret")));
    }

    @Test
    void isTheSameForAPasswordThatWasSaltedBefore() {
        Secret salted = ScramVerifier.salted(new Secret("secret"));

        assertThat(ScramVerifier.of(salted)).isEqualTo(ScramVerifier.of(salted));
        assertThat(salted).isEqualTo(new Secret("secret"));
        assertThat(salted.toString() + salted.salted()).doesNotContain("secret");
    }
}
