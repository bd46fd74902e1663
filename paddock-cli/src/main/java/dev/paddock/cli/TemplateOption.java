package dev.paddock.cli;

import dev.paddock.template.Layer;
import java.util.List;

/** The migrations that a database is to be made from. */
final class TemplateOption {
    static final String NAME = "--template";

    private TemplateOption() {}

    static Grammar addTo(Grammar grammar) {
        return grammar.values(
                NAME,
                "1",
                Grammar.PATH,
                "Make the database from these migrations, which run once per content: a folder, or a file. Can be"
                        + " repeated: each is put on top of those before it.");
    }

    /** @throws dev.paddock.model.InvalidSpecException if one of them doesn't exist */
    static List<Layer> layers(Arguments given) {
        return GivenPath.existing(given, NAME).stream()
                .map(path -> Layer.migrations(path))
                .toList();
    }
}
