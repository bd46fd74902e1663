package dev.paddock.layout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of packages in {@code docs/architecture.md}, as a rule. Each package sees the packages that its row names, and
 * whatever these see.
 *
 * @param rows a row for each package, in the order of the table
 */
public record PackageTable(List<Row> rows) {
    private static final String ROOT = "dev.paddock";
    private static final Pattern ROW =
            Pattern.compile("\\| (\\w+) \\| `([\\w.]+)` \\| [^|]* \\| ([^|]*) \\| [^|]* \\|");
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    /**
     * One package.
     *
     * @param module whose it is, as in {@code paddock-kernel}
     * @param name in full
     * @param sees the packages that it may depend on, before those that they see are counted
     */
    public record Row(String module, String name, Set<String> sees) {

        private Path folder(Path checkout) {
            return checkout.resolve(module).resolve("src/main/java").resolve(name.replace('.', '/'));
        }
    }

    /** The table of this checkout. */
    public static PackageTable read() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(checkout().resolve("docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> sees = NAME.matcher(row.group(3))
                        .results()
                        .map(name -> full(name.group(1)))
                        .collect(Collectors.toCollection(TreeSet::new));
                rows.add(new Row("paddock-" + row.group(1), full(row.group(2)), sees));
            }
        }
        return new PackageTable(List.copyOf(rows));
    }

    private static String full(String name) {
        return name.equals(ROOT) ? name : ROOT + "." + name;
    }

    /** The top of the source tree that the tests run in. */
    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/architecture.md"))) {
            folder = requireNonNull(folder.getParent(), "docs/architecture.md is nowhere above");
        }
        return folder;
    }

    /** Fails unless the table has each package of these modules, and no other. */
    public void checkThatItIsComplete(String... modules) throws IOException {
        Path checkout = checkout();
        Set<String> there = new TreeSet<>();
        for (String module : modules) {
            try (Stream<Path> files = Files.walk(checkout.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> checkout.relativize(file.getParent()).toString())
                        .forEach(there::add);
            }
        }
        assertThat(rows.stream()
                        .filter(row -> List.of(modules).contains(row.module()))
                        .map(row -> checkout.relativize(row.folder(checkout)).toString()))
                .containsExactlyInAnyOrderElementsOf(there);
    }

    /** Fails if a class depends on a package that the row of its own doesn't allow. */
    public void check(JavaClasses classes) {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        for (Row row : rows) {
            allowed.put(row.name(), seenBy(row.name(), new TreeSet<>()));
        }
        Set<String> wrong = new TreeSet<>();
        for (JavaClass each : classes) {
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (target.startsWith(ROOT)
                        && !target.equals(each.getPackageName())
                        && !allowed.getOrDefault(each.getPackageName(), Set.of())
                                .contains(target)) {
                    wrong.add(each.getName() + " sees " + target);
                }
            }
        }
        assertThat(wrong).as("what docs/architecture.md doesn't allow").isEmpty();
    }

    private Set<String> seenBy(String name, Set<String> seen) {
        for (Row row : rows) {
            if (row.name().equals(name)) {
                for (String each : row.sees()) {
                    if (seen.add(each)) {
                        seenBy(each, seen);
                    }
                }
            }
        }
        return seen;
    }
}
