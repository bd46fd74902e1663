package dev.paddock.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyContextTest {

    @Test
    void findsTheLineInAnyLanguage() {
        assertThat(CopyContext.line(Optional.of("COPY t, line 12, column a: \"x\"")))
                .isEqualTo(12);
        assertThat(CopyContext.line(Optional.of("COPY t, Zeile 7: »x«"))).isEqualTo(7);
        assertThat(CopyContext.line(Optional.of("COPY a, b, line 3"))).isEqualTo(3);
        assertThat(CopyContext.line(Optional.of("PL/pgSQL function f() line 3\nCOPY t, line 5")))
                .isEqualTo(5);
        assertThat(CopyContext.line(Optional.of("PL/pgSQL function f(), line 3")))
                .isZero();
        assertThat(CopyContext.line(Optional.empty())).isZero();
    }
}
