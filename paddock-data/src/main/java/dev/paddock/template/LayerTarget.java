package dev.paddock.template;

import dev.paddock.database.Database;
import dev.paddock.model.Progress;
import dev.paddock.script.ScriptTarget;

/**
 * The database that a layer is put into, on a server that nobody else uses.
 *
 * @param database for tools that speak JDBC, as the template's user
 * @param scripts for scripts, as the same user over the owner's own way in
 * @param progress to be told of what takes long
 */
public record LayerTarget(Database database, ScriptTarget scripts, Progress progress) {}
