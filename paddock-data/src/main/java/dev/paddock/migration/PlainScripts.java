package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.script.InitScripts;
import java.nio.file.Path;
import java.util.List;

/** Scripts and dumps of nobody's naming, in the order of their names. */
final class PlainScripts implements Migrator {

    @Override
    public String id() {
        return "scripts 1";
    }

    @Override
    public List<Path> alsoRead(Content content) {
        return InitScripts.readBy(content.roots());
    }

    @Override
    public void run(Content content, MigrationTarget target) {
        InitScripts.runForTemplate(content.roots(), target.scripts(), target.progress());
    }
}
