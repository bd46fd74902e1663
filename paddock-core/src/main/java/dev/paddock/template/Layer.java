package dev.paddock.template;

/**
 * One step of making a template: migrations, seed data, a dump. Immutable and thread-safe. A layer is applied to what those before it
 * made, and the result of each is kept, so that templates that begin alike share their beginning.
 */
public interface Layer {

    /**
     * Tells this layer's content from any other: where two keys are equal, what is in the databases is taken to be equal. Read from the
     * content itself, not from where it stands, so that the same files in another folder have the same key. Asked for once per
     * template and process.
     *
     * @throws dev.paddock.model.PaddockException if the content is missing or can't be read
     */
    String key();

    /** What it is, for people: {@code migrations in classpath:db/migration}. */
    String description();

    /**
     * Puts the layer into a database that no one else uses.
     *
     * @throws dev.paddock.model.PaddockException if it fails, saying where: file, line, statement and the server's message
     */
    void apply(LayerTarget target);

    /**
     * Code of the user's.
     *
     * @param key must change whenever what the code does changes
     */
    static Layer code(String key, LayerCode code) {
        return new CodeLayer(key, code);
    }
}
