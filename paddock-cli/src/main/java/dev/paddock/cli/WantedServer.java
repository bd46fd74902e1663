package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.util.List;

/** A server, and what its database is to be made from. */
record WantedServer(ServerSpec server, List<Layer> layers) {

    /** @throws dev.paddock.model.InvalidSpecException if the options can't be meant, alone or together */
    static WantedServer read(Arguments given) {
        return new WantedServer(SpecOptions.read(given), TemplateOption.layers(given));
    }

    /**
     * What to start, with its template built if nobody has needed it yet.
     *
     * @throws dev.paddock.model.PaddockException if the template can't be built
     */
    ServerSpec prepared(Paddock paddock) {
        if (layers.isEmpty()) {
            return server;
        }
        // Scripts come on top: they run on each server, and the copy stays as the template is.
        TemplateSpec template = new TemplateSpec(server.withInit(List.of()), layers).withUntouchedCopy();
        return server.withSnapshot(paddock.template(template).id());
    }
}
