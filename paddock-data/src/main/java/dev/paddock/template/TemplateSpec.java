package dev.paddock.template;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.ServerSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A database that others are to be made like. Immutable.
 *
 * @param server the PostgreSQL that they are to be in; its snapshot, if it names one, is what the first layer is applied to
 * @param layers applied in order
 */
public record TemplateSpec(ServerSpec server, List<Layer> layers) {
    /** What a template's database is called unless its server or snapshot says otherwise. */
    static final String DATABASE = "test";
    /** Copies are called like it, with a number behind. */
    private static final int LONGEST_NAME = 55;

    public TemplateSpec {
        layers = List.copyOf(layers);
        server.database().ifPresent(TemplateSpec::requireRoomForNumbers);
        if (!server.init().isEmpty()) {
            throw new InvalidSpecException(
                    "the server of a template has no scripts of its own", "add them to the template as a layer");
        }
    }

    /** An empty database on this server. */
    public static TemplateSpec of(ServerSpec server) {
        return new TemplateSpec(server, List.of());
    }

    /** With this layer on top. */
    public TemplateSpec with(Layer layer) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(layer);
        return new TemplateSpec(server, more);
    }

    /**
     * With a second database in the server beside the template's own, as the layers so far leave that: called {@value
     * dev.paddock.server.Databases#TEMPLATE}, marked as a template and closed to connections, for programs that make their databases by
     * {@code CREATE DATABASE … TEMPLATE}. Costs its size once, in the cache.
     */
    public TemplateSpec withUntouchedCopy() {
        return with(new UntouchedCopy(layers, server.snapshot()));
    }

    private static void requireRoomForNumbers(String database) {
        if (database.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new InvalidSpecException(
                    "'" + database + "' is too long for the database of a template",
                    "use " + LONGEST_NAME + " bytes at most: copies have a number behind");
        }
    }
}
