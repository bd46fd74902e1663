package dev.paddock.migration;

import dev.paddock.content.ContentFile;
import dev.paddock.migration.NamedMigration.Kind;
import dev.paddock.model.PaddockException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which of the files are to be run on a new database, in which order: Flyway's. */
final class MigrationPlan {
    private static final Pattern CALLBACK = Pattern.compile("(?:before|after)[A-Z][A-Za-z]*(?:__.*)?\\.sql");
    private static final Comparator<NamedMigration> BY_VERSION =
            Comparator.comparing(migration -> migration.version().orElseThrow());

    private final List<NamedMigration> migrations;

    private MigrationPlan(List<NamedMigration> migrations) {
        this.migrations = migrations;
    }

    /** @throws PaddockException if Flyway alone could carry them out, or two have one version */
    static List<ContentFile> of(List<ContentFile> files) {
        for (ContentFile file : files) {
            requireNoFlyway(file);
        }
        MigrationPlan plan = new MigrationPlan(NamedMigration.among(files));
        return plan.order();
    }

    private static void requireNoFlyway(ContentFile file) {
        boolean callback = CALLBACK.matcher(file.fileName()).matches();
        boolean java = NamedMigration.of(file).filter(NamedMigration::isJava).isPresent();
        if (callback || java) {
            throw new PaddockException(
                    file.name() + (callback ? " is a callback" : " is a migration in Java")
                            + ", which Flyway alone runs",
                    "have Flyway on the class path: org.flywaydb:flyway-database-postgresql");
        }
    }

    private List<ContentFile> order() {
        List<NamedMigration> order = new ArrayList<>();
        List<NamedMigration> versioned = sorted(Kind.VERSIONED);
        List<NamedMigration> baselines = sorted(Kind.BASELINE);
        Optional<NamedMigration> baseline =
                baselines.isEmpty() ? Optional.empty() : Optional.of(baselines.get(baselines.size() - 1));
        baseline.ifPresent(order::add);
        versioned.stream()
                .filter(each -> baseline.isEmpty() || BY_VERSION.compare(each, baseline.get()) > 0)
                .forEach(order::add);
        order.addAll(repeatable());
        return order.stream().map(NamedMigration::file).toList();
    }

    private List<NamedMigration> sorted(Kind kind) {
        List<NamedMigration> sorted = migrations.stream()
                .filter(each -> each.kind() == kind)
                .sorted(BY_VERSION)
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            NamedMigration one = sorted.get(i - 1);
            NamedMigration other = sorted.get(i);
            if (BY_VERSION.compare(one, other) == 0) {
                throw twice("version " + one.version().orElseThrow(), one, other);
            }
        }
        return sorted;
    }

    private List<NamedMigration> repeatable() {
        Map<String, NamedMigration> descriptions = new HashMap<>();
        return migrations.stream()
                .filter(each -> each.kind() == Kind.REPEATABLE)
                .peek(each -> {
                    NamedMigration before = descriptions.put(each.description(), each);
                    if (before != null) {
                        throw twice("'" + each.description() + "'", before, each);
                    }
                })
                .sorted(Comparator.comparing(NamedMigration::description))
                .toList();
    }

    private static PaddockException twice(String what, NamedMigration one, NamedMigration other) {
        return new PaddockException(
                "there are two migrations of " + what + ": " + one.file().name() + " and "
                        + other.file().name(),
                "give one of them another");
    }
}
