package dev.paddock.stack;

import dev.paddock.model.ContainerSpec;
import dev.paddock.model.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a file has said of a container so far. */
abstract class ContainerDraft {
    private ContainerSpec container = ContainerSpec.DEFAULT;

    final ContainerSpec container() {
        return container;
    }

    /** @throws PlacedFailure if it hides what the container has there */
    void mount(Mount mount, Value value) {
        List<Mount> mounts = new ArrayList<>(container.mounts());
        mounts.add(mount);
        container = container.withMounts(mounts);
    }

    final void change(UnaryOperator<ContainerSpec> change) {
        container = change.apply(container);
    }
}
