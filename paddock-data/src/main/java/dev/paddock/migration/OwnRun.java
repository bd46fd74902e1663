package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.content.ContentFile;
import dev.paddock.script.ScriptListener;
import dev.paddock.script.WholeScript;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Files named for Flyway, where there is no Flyway: each a transaction, as far as PostgreSQL lets it be one. Keeps no history, since
 * nothing is ever to be migrated a second time.
 */
final class OwnRun implements Migrator {

    @Override
    public String id() {
        return "versioned scripts 1";
    }

    @Override
    public void run(Content content, MigrationTarget target) {
        List<ContentFile> order = MigrationPlan.of(content.files());
        long done = 0;
        for (ContentFile file : order) {
            target.progress().advance("migrating", done++, order.size());
            run(file, ScriptConfig.beside(file, content.files()), target);
        }
    }

    private static void run(ContentFile file, ScriptConfig config, MigrationTarget target) {
        if (!config.run()) {
            return;
        }
        byte[] text = file.bytes();
        if (config.placeholders()) {
            // Byte for character, so that whatever encoding it is in comes out as it went in.
            String script = new String(text, StandardCharsets.ISO_8859_1);
            String filled = new Placeholders(target.database(), file.fileName())
                    .fill(file.path().toString(), script);
            text = filled.getBytes(StandardCharsets.ISO_8859_1);
        }
        if (config.inTransaction()) {
            WholeScript.run(file.path(), text, target.scripts(), ScriptListener.NONE);
        } else {
            WholeScript.runByStatement(file.path(), text, target.scripts(), ScriptListener.NONE);
        }
    }
}
