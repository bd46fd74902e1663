package dev.paddock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of the documentation that is said to work.
 *
 * @param line where its mark stands
 * @param needs programs that it takes for granted, or {@link #DOCKER}
 * @param fails whether it is there to show a failure
 * @param output what it prints, with {@code …} for anything
 */
record DocumentedExample(
        Path file, int line, String language, String code, List<String> needs, boolean fails, Optional<String> output) {
    private static final Pattern MARK = Pattern.compile("(?m)^<!-- tested");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^<!-- tested(?:: ([^>]*?))? -->\n```(sh|java)\n(.*?)\n```$"
                    + "(?:\n\n<!-- output -->\n```text\n(.*?)\n```$)?");
    private static final String FAILS = "fails";
    /** A Docker Engine with images of PostgreSQL. */
    static final String DOCKER = "docker";

    /** All of a file, in order. */
    static List<DocumentedExample> in(Path file) throws IOException {
        String text = Files.readString(file);
        List<DocumentedExample> examples = new ArrayList<>();
        for (Matcher found = EXAMPLE.matcher(text); found.find(); ) {
            List<String> words =
                    found.group(1) == null ? List.of() : List.of(found.group(1).split(",\\s*"));
            examples.add(new DocumentedExample(
                    file,
                    1 + (int) text.substring(0, found.start()).lines().count(),
                    found.group(2),
                    found.group(3),
                    words.stream().filter(word -> !word.equals(FAILS)).toList(),
                    words.contains(FAILS),
                    Optional.ofNullable(found.group(4))));
        }
        if (examples.size() != MARK.matcher(text).results().count()) {
            throw new IOException(file + " marks something as tested that is no block of sh or java");
        }
        return examples;
    }

    /** Whether it printed what it is said to print. */
    boolean isPrintedAs(String printed) {
        return output.isEmpty()
                || Pattern.compile(Pattern.quote(output.get().strip()).replace("…", "\\E.*?\\Q"), Pattern.DOTALL)
                        .matcher(printed.strip())
                        .matches();
    }

    /** It as a program: with what its readers know from the text around it, unless it says so itself. */
    String asJavaProgram() {
        boolean opens = code.contains("Paddock.embedded()") || code.contains("Paddock.docker()");
        return String.join(
                "\n",
                "import dev.paddock.*;",
                "import dev.paddock.database.*;",
                "import dev.paddock.evidence.*;",
                "import dev.paddock.lease.*;",
                "import dev.paddock.model.*;",
                "import dev.paddock.registry.*;",
                "import dev.paddock.snapshot.*;",
                "import dev.paddock.template.*;",
                "import java.nio.file.*;",
                "import java.sql.Connection;",
                "import java.sql.DriverManager;",
                "import java.sql.Statement;",
                "import java.time.*;",
                "import java.util.*;",
                "import java.util.stream.*;",
                "import javax.sql.DataSource;",
                "class Example {",
                "  public static void main(String[] args) throws Exception {",
                opens ? code : "try (Paddock paddock = Paddock.embedded()) {\n" + code + "\n}",
                "  }",
                "}");
    }

    @Override
    public String toString() {
        return file.getFileName() + ", line " + line + " (" + language + ")";
    }
}
