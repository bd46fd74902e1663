package dev.paddock.migration;

import dev.paddock.content.ContentFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is named as Flyway wants it.
 *
 * @param version absent if it is repeatable
 * @param description with spaces
 */
record NamedMigration(Kind kind, Optional<MigrationVersion> version, String description, ContentFile file) {
    private static final Pattern VERSIONED = Pattern.compile("([VUB])(\\d+(?:[._]\\d+)*)(?:__(.*))?\\.(?:sql|class)");
    private static final Pattern REPEATABLE = Pattern.compile("R__(.*)\\.(?:sql|class)");
    private static final Pattern INNER_CLASS = Pattern.compile(".*\\$.*\\.class");
    /** Names that can only be meant so, with one underscore, none, or in small letters. */
    private static final Pattern MISTAKEN =
            Pattern.compile("[VUB]\\d.*\\.sql|[VUBR]_.*\\.sql|[vubr][\\d._]*__.*\\.sql");

    enum Kind {
        VERSIONED,
        /** Takes one back: never to be done to a new database. */
        UNDO,
        /** Stands, in a new database, for all up to its version. */
        BASELINE,
        REPEATABLE
    }

    static Optional<NamedMigration> of(ContentFile file) {
        String name = file.fileName();
        Matcher repeatable = REPEATABLE.matcher(name);
        if (repeatable.matches()) {
            return Optional.of(
                    new NamedMigration(Kind.REPEATABLE, Optional.empty(), spaced(repeatable.group(1)), file));
        }
        Matcher versioned = VERSIONED.matcher(name);
        if (!versioned.matches() || INNER_CLASS.matcher(name).matches()) {
            return Optional.empty();
        }
        Kind kind = switch (name.charAt(0)) {
            case 'U' -> Kind.UNDO;
            case 'B' -> Kind.BASELINE;
            default -> Kind.VERSIONED;
        };
        String description = versioned.group(3) == null ? "" : versioned.group(3);
        return Optional.of(new NamedMigration(
                kind, Optional.of(MigrationVersion.parse(versioned.group(2))), spaced(description), file));
    }

    private static String spaced(String description) {
        return description.replace('_', ' ');
    }

    /** Those of the files that are named so. */
    static List<NamedMigration> among(List<ContentFile> files) {
        return files.stream().flatMap(file -> of(file).stream()).toList();
    }

    /** Whether someone meant to follow that naming and missed it. */
    static boolean isMistaken(ContentFile file) {
        return of(file).isEmpty() && MISTAKEN.matcher(file.fileName()).matches();
    }

    boolean isJava() {
        return file.name().endsWith(".class");
    }
}
