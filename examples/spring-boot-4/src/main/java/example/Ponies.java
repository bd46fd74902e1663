package example;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

public interface Ponies extends JpaRepository<Pony, Long> {
    Optional<Pony> findByName(String name);
}
