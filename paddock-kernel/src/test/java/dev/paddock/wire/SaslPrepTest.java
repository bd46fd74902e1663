package dev.paddock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of RFC 4013 and RFC 3454, and what PostgreSQL does besides. */
class SaslPrepTest {

    @Test
    void mapsAndNormalizesAsTheRfcSays() {
        assertThat(SaslPrep.of("I\u00adX")).isEqualTo("IX");
        assertThat(SaslPrep.of("user")).isEqualTo("user");
        assertThat(SaslPrep.of("USER")).isEqualTo("USER");
        assertThat(SaslPrep.of("\u00aa")).isEqualTo("a");
        assertThat(SaslPrep.of("\u2168")).isEqualTo("IX");
        assertThat(SaslPrep.of("a\u3000b\u00a0c")).isEqualTo("a b c");
        assertThat(SaslPrep.of("e\u0301 \u00bd")).isEqualTo("\u00e9 1\u20442");
        assertThat(SaslPrep.of("\u0627\u00aa\u0628"))
                .as("a letter of the left among those of the right")
                .hasSize(3);
        assertThat(SaslPrep.of("\u06271\u0628")).isEqualTo("\u06271\u0628");
    }

    @Test
    void leavesAloneWhatTheRfcRefuses() {
        for (String refused : List.of(
                "\u00bd\u0007",
                "\u06271\u00bd",
                "\u00ad",
                "\u00bd\ue000",
                "\u00bd\u0341",
                "\u00bd\ufffd",
                // Unicode 3.2 has no smileys.
                "\u00bd\ud83d\ude00")) {
            assertThat(SaslPrep.of(refused)).isEqualTo(refused);
        }
        assertThat(SaslPrep.of("\u0007")).isEqualTo("\u0007");
    }
}
