package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.cli.child.ForegroundProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** The documentation says what is: its examples run, its links lead somewhere, and no option is missing. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]*)(?:#([^)\\s]+))?\\)");

    /** A block that is said to be part of a file. */
    private static final Pattern QUOTE = Pattern.compile("(?ms)^<!-- from (\\S+) -->\n```\\w+\n(.*?)\n```$");

    private final PaddockCommand command = PaddockCommand.ofCheckout();

    @TestFactory
    List<DynamicTest> everyExampleDoesWhatItSays(@TempDir Path temporary) throws IOException {
        letThrough(temporary);
        Path home = Files.createDirectory(temporary.resolve("home"));
        Path paddock = command.in(temporary);
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : pages()) {
            for (DocumentedExample example : DocumentedExample.in(file)) {
                tests.add(DynamicTest.dynamicTest(
                        example.toString(),
                        () -> verify(
                                example, letThrough(Files.createTempDirectory(temporary, "example")), paddock, home)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    /** As root, PostgreSQL is another user, who must reach a folder that is given to --disk. */
    private static Path letThrough(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static void verify(DocumentedExample example, Path folder, Path paddock, Path home) throws Exception {
        for (String need : example.needs()) {
            if (need.equals(DocumentedExample.DOCKER)) {
                Docker.missing().ifPresent(reason -> abort(reason));
            } else {
                assumeTrue(ForegroundProgram.find(need).isPresent(), need + " is not installed");
            }
        }
        ExampleRun run = ExampleRun.of(example, folder, paddock, home);

        assertThat(run.exitCode() != 0)
                .as("failed with %d and %s%s", run.exitCode(), run.printed(), run.complaints())
                .isEqualTo(example.fails());
        assertThat(example.isPrintedAs(run.printed()))
                .as("printed %s", run.printed())
                .isTrue();
        assertThat(servers(home)).as("servers left behind").isEmpty();
    }

    private static List<String> servers(Path home) throws IOException {
        Path records = home.resolve("state/servers");
        if (!Files.isDirectory(records)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(records)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".server"))
                    .toList();
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            for (Matcher link = LINK.matcher(Files.readString(page)); link.find(); ) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertThat(target).as("%s in %s", link.group(), page).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(target))
                            .as("%s in %s", link.group(), page)
                            .contains(link.group(2));
                }
            }
        }
    }

    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}\\- ]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void everyQuotedFileIsAsItStands() throws IOException {
        int quoted = 0;
        for (Path page : pages()) {
            for (Matcher quote = QUOTE.matcher(Files.readString(page)); quote.find(); quoted++) {
                assertThat(Files.readString(command.root().resolve(quote.group(1))))
                        .as("%s as %s quotes it", quote.group(1), page)
                        .contains(quote.group(2));
            }
        }
        assertThat(quoted).isGreaterThan(3);
    }

    @Test
    void everyOptionOfEachCommandIsDocumented() throws IOException {
        String guide = Files.readString(command.root().resolve("docs/command-line.md"));
        List<String> names = new ArrayList<>(Commands.TOP);
        Group.ALL.forEach(group -> group.commands().forEach(name -> names.add(group.prefix() + name)));
        for (String name : names) {
            assertThat(guide).contains(name);
            Commands.find(name)
                    .ifPresent(found -> assertThat(found.grammar().options())
                            .allSatisfy(option -> assertThat(guide).contains(longest(option))));
        }
    }

    private static String longest(OptionSpec option) {
        String name = option.longestName();
        return name == null ? fail("an option has no name") : name;
    }

    private List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(command.root().resolve("README.md"), command.root().resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(command.root().resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }
}
