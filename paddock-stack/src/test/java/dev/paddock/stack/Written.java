package dev.paddock.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.model.InvalidSpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file that a test writes, and what is made of it. */
record Written(Path folder) {

    StackFile read(String text) {
        return read(text, Map.of());
    }

    StackFile read(String text, Map<String, String> variables) {
        return StackFile.read(file(text), variables);
    }

    Path file(String text) {
        return with("paddock.yaml", text);
    }

    /** With another file beside it. */
    Path with(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** That it is refused, at this line and column, in these words. */
    InvalidSpecException refuses(String text, String place, String what) {
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> StackFile.read(file(text), Map.of()));
        assertThat(refused).as("nothing is refused").isNotNull();
        assertThat(refused).hasMessage(folder.resolve("paddock.yaml") + ":" + place + ": " + what);
        return refused;
    }
}
