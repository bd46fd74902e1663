package dev.paddock.template;

import dev.paddock.model.PaddockException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Layers that are to be applied as their keys, of a moment before, tell others that they are.
 *
 * @param asKeyed whether they still have those keys
 */
record Unchanged(List<Layer> layers, BooleanSupplier asKeyed) {

    /** @throws PaddockException if they changed meanwhile; nothing of it is to be kept then */
    void whileDoing(Runnable applying) {
        String before = changesByOthers();
        // What others can write to may be something else for as long as it is applied, and be as it was afterwards.
        require(before.isEmpty() || asKeyed.getAsBoolean());
        applying.run();
        require(asKeyed.getAsBoolean() && changesByOthers().equals(before));
    }

    private String changesByOthers() {
        return layers.stream().map(Layer::changesByOthers).collect(Collectors.joining());
    }

    private void require(boolean unchanged) {
        if (!unchanged) {
            throw new PaddockException(
                    layers.stream().map(Layer::description).collect(Collectors.joining(", "))
                            + " changed while a template was made of it",
                    "try again when nobody writes there");
        }
    }
}
