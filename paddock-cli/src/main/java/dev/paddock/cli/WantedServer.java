package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.StackSpec;
import dev.paddock.stack.StackFile;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server and services beside it, and what its database is to be made from.
 *
 * @param name what it is to be called, if a file says so
 * @param engine where it is to run
 */
record WantedServer(StackSpec stack, List<Layer> layers, Optional<String> name, String engine) {

    /** @throws dev.paddock.model.InvalidSpecException if the options can't be meant, alone or together */
    static WantedServer read(Arguments given) {
        Optional<String> path = given.value(SpecOptions.FILE);
        if (path.isEmpty()) {
            return of(StackSpec.of(ServerSpec.create()), given, List.of(), Optional.empty(), Optional.empty());
        }
        GivenPath.of(SpecOptions.FILE, path.get());
        StackFile file = StackFile.read(Path.of(path.get()), System.getenv());
        return of(file.stack(), given, file.template(), file.name(), file.engine());
    }

    private static WantedServer of(
            StackSpec begin, Arguments given, List<Path> template, Optional<String> name, Optional<String> engine) {
        List<Layer> layers = given.has(TemplateOption.NAME)
                ? TemplateOption.layers(given)
                : template.stream().map(path -> Layer.migrations(path)).toList();
        // Only one engine has services, so that it needn't be named for them.
        String usual = begin.services().isEmpty() ? SpecOptions.DEFAULT_ENGINE : SpecOptions.SERVICES_ENGINE;
        return new WantedServer(
                begin.withPostgres(SpecOptions.read(given, begin.postgres())),
                layers,
                name,
                given.value(SpecOptions.ENGINE).or(() -> engine).orElse(usual));
    }

    /**
     * What to start, with its template built if nobody has needed it yet.
     *
     * @throws dev.paddock.model.PaddockException if the template can't be built
     */
    StackSpec prepared(Paddock paddock) {
        if (layers.isEmpty()) {
            return stack;
        }
        ServerSpec server = stack.postgres();
        // Scripts come on top: they run on each server, and the copy stays as the template is.
        TemplateSpec template = new TemplateSpec(server.withInit(List.of()), layers).withUntouchedCopy();
        return stack.withPostgres(server.withSnapshot(paddock.template(template).id()));
    }
}
