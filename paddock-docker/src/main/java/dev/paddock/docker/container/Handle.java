package dev.paddock.docker.container;

import dev.paddock.model.PaddockException;
import java.util.Map;
import java.util.Optional;

/** What the record of a server that stands alone says of where it is, by names. */
public record Handle(Map<String, String> facts) {

    public Optional<String> find(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    /** @throws PaddockException if the record doesn't say */
    public String fact(String name) {
        return find(name)
                .orElseThrow(
                        () -> new PaddockException("the record of a server lacks its " + name, "remove the record"));
    }
}
