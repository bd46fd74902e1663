package dev.paddock.migration;

import dev.paddock.content.Content;
import dev.paddock.content.ContentFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells Liquibase's changelogs from other files. */
final class Changelogs {
    private static final Pattern MASTER = Pattern.compile("db\\.changelog-master\\.(?:xml|yaml|yml|json|sql)");
    private static final Pattern OTHER = Pattern.compile(".*\\.(?:xml|yaml|yml|json|class|conf)");
    private static final Pattern FORMATTED = Pattern.compile("(?s)\\s*--\\s*liquibase\\s+formatted\\s+sql\\b.*");
    private static final int ENOUGH = 200;

    private Changelogs() {}

    /** Those to begin with, in order; none if the content isn't Liquibase's. */
    static List<ContentFile> in(Content content) {
        if (content.isFile()) {
            ContentFile file = content.files().get(0);
            return isFormattedSql(file) || isMarkup(file) ? List.of(file) : List.of();
        }
        List<ContentFile> masters = content.files().stream()
                .filter(file -> MASTER.matcher(file.name()).matches())
                .toList();
        if (masters.size() > 1) {
            throw new PaddockException(
                    content.location().text() + " has two changelogs to begin with: "
                            + masters.get(0).name() + " and " + masters.get(1).name(),
                    "name the one that is meant as the location");
        }
        return masters.isEmpty()
                ? content.files().stream().filter(Changelogs::isFormattedSql).toList()
                : masters;
    }

    /** Whether it can be neither a script nor a changelog to begin with. */
    static boolean isOther(ContentFile file) {
        return OTHER.matcher(lowerCase(file)).matches();
    }

    private static boolean isMarkup(ContentFile file) {
        return isOther(file) && !lowerCase(file).endsWith(".class");
    }

    private static String lowerCase(ContentFile file) {
        return file.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isFormattedSql(ContentFile file) {
        if (!lowerCase(file).endsWith(".sql")) {
            return false;
        }
        try (InputStream in = file.open()) {
            String head = new String(in.readNBytes(ENOUGH), StandardCharsets.UTF_8).replace("\ufeff", "");
            return FORMATTED.matcher(head.toLowerCase(Locale.ROOT)).matches();
        } catch (IOException failure) {
            throw new PaddockException(file.path() + " can't be read: " + failure.getMessage(), failure);
        }
    }
}
