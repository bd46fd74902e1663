package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.spring.PaddockTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.dao.DataIntegrityViolationException;

/** A slice, whose tests are rolled back. The application's own Flyway fills the database when the context starts. */
@DataJpaTest
@PaddockTest
class PoniesTest {
    @Autowired
    private Ponies ponies;

    @Test
    void namesAreUnique() {
        assertThatThrownBy(() -> ponies.saveAndFlush(new Pony("Merlin")))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aPonyIsFoundByName() {
        ponies.save(new Pony("Luna"));

        assertThat(ponies.findByName("Luna")).isPresent();
        assertThat(ponies.count()).isEqualTo(2);
    }
}
