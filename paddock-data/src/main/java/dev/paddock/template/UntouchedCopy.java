package dev.paddock.template;

import dev.paddock.server.Databases;
import dev.paddock.wire.WireConnection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what the layers before it made in a database that nobody can change. A layer itself, so that it is made once, and there at once
 * in each server that starts from the template.
 *
 * @param base the snapshot that the first of the layers was applied to, if it was no empty database
 */
record UntouchedCopy(List<Layer> before, Optional<String> base) implements Layer {

    @Override
    public String key() {
        return "untouched copy 1";
    }

    @Override
    public String description() {
        return "an untouched copy";
    }

    @Override
    public void apply(LayerTarget target) {
        String original = target.database().name();
        try (WireConnection control = target.scripts().connect("postgres")) {
            Databases databases = Databases.over(control, target.database().user());
            // The snapshot below may be of a server that had a template too.
            databases.dropIfExists(Databases.TEMPLATE);
            databases.create(Databases.TEMPLATE, Optional.of(original));
            databases.makeTemplate(Databases.TEMPLATE, base.orElse("") + TemplateDatabases.content(before));
        }
    }
}
