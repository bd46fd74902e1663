package dev.paddock.stack;

import dev.paddock.model.ContainerSpec;
import java.util.function.UnaryOperator;

/** What a file has said of a container so far. */
abstract class ContainerDraft {
    private ContainerSpec container = ContainerSpec.DEFAULT;

    final ContainerSpec container() {
        return container;
    }

    final void change(UnaryOperator<ContainerSpec> change) {
        container = change.apply(container);
    }
}
