package example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.spring.PaddockTest;
import dev.paddock.spring.Refresh;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * The whole application, started once; each test finds the database as it was then. The migrations are in a template that is made once,
 * so the application's Flyway has nothing to do.
 */
@SpringBootTest
@PaddockTest(migrations = "classpath:db/migration", refresh = Refresh.METHOD)
class StableTest {
    @Autowired
    private Ponies ponies;

    @RepeatedTest(5)
    void eachTestFindsTheSame() {
        assertThat(ponies.findAll()).extracting(Pony::name).containsExactly("Merlin");

        ponies.save(new Pony("Luna"));
        ponies.deleteAll(ponies.findByName("Merlin").stream().toList());

        assertThat(ponies.findAll()).extracting(Pony::name).containsExactly("Luna");
    }
}
