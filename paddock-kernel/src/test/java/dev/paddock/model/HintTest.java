package dev.paddock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintTest {

    @ParameterizedTest
    @CsvSource({
        "COMMAND_LINE, choose --engine docker with --image",
        "FILE, choose engine: docker with image",
        "JAVA, choose Paddock.docker() with ContainerSpec.withImage",
        "JUNIT, choose the setting paddock.engine=docker with image",
        "URL, choose engine=docker with image"
    })
    void isGivenInTheWordsOfTheInterface(Vocabulary vocabulary, String words) {
        Hint hint = Hint.naming("choose {} with {}", Term.DOCKER, Term.IMAGE);

        assertThat(new PaddockException("no", hint).hint(vocabulary)).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "COMMAND_LINE, write --disk-volume data",
        "FILE, write disk_volume: data",
        "JAVA, 'write Storage.inVolume(\"data\")'",
        "JUNIT, leave it out"
    })
    void givesAValueAsTheInterfaceDoes(Vocabulary vocabulary, String words) {
        Hint hint = Hint.giving("write {}", Term.DISK_VOLUME, "data").or("leave it out");

        assertThat(hint.in(vocabulary)).contains(words);
    }

    @Test
    void isOtherAdviceWhereItCannotBeFollowed() {
        Hint hint = Hint.naming("choose another with {}", Term.PORT);

        assertThat(hint.in(Vocabulary.JUNIT)).isEmpty();
        assertThat(hint.or("have one chosen").in(Vocabulary.JUNIT)).contains("have one chosen");
        assertThat(hint.or("have one chosen").in(Vocabulary.COMMAND_LINE)).contains("choose another with --port");
    }

    @Test
    void isTheSameForEverybodyWhereItNamesNothing() {
        for (Vocabulary vocabulary : Vocabulary.values()) {
            assertThat(Hint.of("wait {}").in(vocabulary)).isEqualTo(Optional.of("wait {}"));
        }
    }

    @Test
    void staysWithTheFailureForOneMoreWhoWaitedForIt() {
        PaddockException first = new PaddockException("taken", Hint.naming("choose another with {}", Term.PORT));

        assertThat(PaddockException.again(first).hint(Vocabulary.COMMAND_LINE)).contains("choose another with --port");
    }
}
