package dev.paddock.docker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.model.PaddockException;
import dev.paddock.oci.layer.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a look tells is what the image makes of it. */
class FoundDataTest {
    private static final Owner OWNER = new Owner(999, 999);

    private static List<FoundData> told(String path, String version, String uid) {
        return FoundData.read(List.of("path=" + path, "version=" + version, "uid=" + uid, "state=1"), OWNER)
                .data();
    }

    @Test
    void noPathLeadsOutOfThePlaceThatWasNamed() {
        for (String path : List.of("..", "../victim", "a/../../b", "/etc", ".", "a//b", "a\tb")) {
            assertThat(told(path, "15", "999")).as(path).isEmpty();
        }
        assertThat(told("", "15", "999")).hasSize(1);
        assertThat(told("18/docker", "18", "999"))
                .singleElement()
                .satisfies(each -> assertThat(each.path()).isEqualTo("18/docker"));
    }

    @Test
    void nobodyElsesAccountIsTaken() {
        assertThat(told("", "15", "0")).isEmpty();
        assertThat(told("", "15", "999"))
                .singleElement()
                .satisfies(each -> assertThat(each.owner()).isEqualTo(OWNER));
    }

    @Test
    void versionsOfOldReleasesAreReadAndNonsenseIsTold() {
        assertThat(told("", "9.6", "999"))
                .singleElement()
                .satisfies(each -> assertThat(each.major()).isEqualTo(9));
        assertThatThrownBy(() -> told("", "fifteen", "999"))
                .isInstanceOf(PaddockException.class)
                .hasMessageContaining("fifteen");
    }
}
