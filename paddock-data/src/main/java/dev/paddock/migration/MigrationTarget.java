package dev.paddock.migration;

import dev.paddock.database.Database;
import dev.paddock.model.Progress;
import dev.paddock.script.ScriptTarget;

/** What is to be migrated, and whom to tell of it. */
record MigrationTarget(Database database, ScriptTarget scripts, Progress progress) {}
