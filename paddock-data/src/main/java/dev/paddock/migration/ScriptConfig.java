package dev.paddock.migration;

import dev.paddock.content.ContentFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * What a {@code .conf} beside a migration says of it, as far as it can be followed.
 *
 * @param inTransaction whether it may be one transaction
 * @param placeholders whether it has placeholders
 * @param run whether it is to be run at all
 */
record ScriptConfig(boolean inTransaction, boolean placeholders, boolean run) {
    private static final List<String> KNOWN =
            List.of("executeInTransaction", "placeholderReplacement", "shouldExecute");

    static ScriptConfig beside(ContentFile script, List<ContentFile> files) {
        String name = script.name() + ".conf";
        for (ContentFile file : files) {
            if (file.name().equals(name)) {
                return read(file);
            }
        }
        return new ScriptConfig(true, true, true);
    }

    private static ScriptConfig read(ContentFile file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(file.bytes(), StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException failure) {
            throw new PaddockException(
                    file.name() + " can't be read: " + failure.getMessage(), "write key=value lines", failure);
        }
        for (String key : properties.stringPropertyNames()) {
            if (!KNOWN.contains(key)) {
                throw cannotBeFollowed(file, key);
            }
        }
        return new ScriptConfig(
                isTrue(file, properties, "executeInTransaction"),
                isTrue(file, properties, "placeholderReplacement"),
                isTrue(file, properties, "shouldExecute"));
    }

    private static boolean isTrue(ContentFile file, Properties properties, String key) {
        String value = properties.getProperty(key, "true").strip().toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw cannotBeFollowed(file, key + "=" + value);
        }
        return value.equals("true");
    }

    private static PaddockException cannotBeFollowed(ContentFile file, String what) {
        return new PaddockException(
                file.name() + ": '" + what + "' is for Flyway, which isn't on the class path",
                "add org.flywaydb:flyway-database-postgresql, or remove it");
    }
}
