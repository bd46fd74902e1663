package dev.paddock.docker.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.home.PaddockHome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Labels that an image hands on from the container that it was made of. */
final class OursTest {
    private final Ours ours = Ours.in(PaddockHome.under(Path.of("home")));

    /** As the engine does: those that an object is given go before its image's. */
    private Map<String, String> given(Map<String, String> labels) {
        Map<String, String> all = new HashMap<>(Map.of(
                Ours.STACK, "paddock-another",
                Ours.SERVICE, "cache",
                Ours.FOLDER, "/another/folder",
                Ours.DATA, "/another/data",
                Ours.OWNED, Ours.YES,
                Ours.SNAPSHOT, "another",
                Ours.OWNER, "1-1",
                Ours.MADE, "1",
                Ours.HOME, ours.home(),
                Ours.KIND, "server"));
        all.putAll(labels);
        return all;
    }

    @Test
    void nothingOfAnotherContainerIsSaidOfOneThatIsMadeOfItsImage() {
        Map<String, String> labels = given(ours.labels("server"));

        assertThat(labels).containsEntry(Ours.HOME, ours.home()).doesNotContainEntry(Ours.OWNER, "1-1");
        assertThat(Ours.isOwned(labels)).isFalse();
        for (String label : new String[] {Ours.STACK, Ours.SERVICE, Ours.FOLDER, Ours.DATA, Ours.SNAPSHOT}) {
            assertThat(Ours.said(labels, label)).as(label).isEmpty();
        }
    }

    @Test
    void whatIsKeptIsNobodysOrphan() {
        assertThat(ours.isOrphan(given(ours.lastingLabels("snapshot")))).isFalse();
        assertThat(ours.isOrphan(given(Map.of()))).isTrue();
    }

    @Test
    void whatIsHandedOverIsNotOurs() {
        Map<String, String> labels = given(Ours.handedOver());

        assertThat(ours.isOurs(labels)).isFalse();
        assertThat(labels.values()).filteredOn(said -> !said.isEmpty()).containsExactly("image");
    }
}
