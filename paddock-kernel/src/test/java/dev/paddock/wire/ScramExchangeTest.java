package dev.paddock.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ScramExchangeTest {
    /** A role's verifier says how often, and whoever is a superuser writes that. */
    @Test
    void aServerCannotHaveAPasswordHashedForHours() {
        ScramExchange exchange = ScramExchange.begin(new Secret("secret"));
        String nonce = new String(exchange.first(), StandardCharsets.US_ASCII).replaceFirst(".*,r=", "");
        byte[] challenge = ("r=" + nonce + "theirs,s=c2FsdA==,i=2000000000").getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> exchange.answer(challenge))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("hashed 2000000000 times");
    }
}
