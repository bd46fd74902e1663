package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.script.InitScripts;

/** Scripts and dumps of nobody's naming, in the order of their names. */
final class PlainScripts implements Migrator {

    @Override
    public String id() {
        return "scripts 1";
    }

    @Override
    public void run(Content content, MigrationTarget target) {
        InitScripts.run(content.roots(), target.scripts(), target.progress());
    }
}
