package dev.paddock.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the newest pg_restore of this machine: an older one can't read what a newer pg_dump wrote. */
final class PgRestore {
    private static final String NAME = "pg_restore";
    /** Each holds one folder per major version, with the tools in its {@code bin}. */
    private static final List<Path> PARENTS = List.of(
            Path.of("/usr/lib/postgresql"), Path.of("/usr/local/opt"), Path.of("/opt/homebrew/opt"), Path.of("/usr"));

    private PgRestore() {}

    static Path find(Path dump) {
        List<Path> tools = new ArrayList<>();
        for (Path parent : PARENTS) {
            tools.addAll(below(parent));
        }
        tools.sort(Comparator.comparingInt(PgRestore::major).reversed());
        String searched = System.getenv("PATH");
        for (String folder : (searched == null ? "" : searched).split(java.io.File.pathSeparator)) {
            // An empty entry means the working folder, from which nothing should be run by accident.
            if (!folder.isEmpty()) {
                tools.add(Path.of(folder).resolve(NAME));
                tools.add(Path.of(folder).resolve(NAME + ".exe"));
            }
        }
        for (Path fixed : List.of(Path.of("/usr/local/bin"), Path.of("/opt/homebrew/bin"))) {
            tools.add(fixed.resolve(NAME));
        }
        for (Path tool : tools) {
            if (Files.isExecutable(tool)) {
                return tool;
            }
        }
        throw new ScriptException(
                dump,
                0,
                null,
                "a dump in custom, tar or directory format can be read by pg_restore alone, and there is none here",
                "install PostgreSQL's client tools (Debian: postgresql-client, Homebrew: libpq), or dump with"
                        + " pg_dump --format=plain");
    }

    private static List<Path> below(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(child -> major(child.resolve("bin").resolve(NAME)) > 0)
                    .map(child -> child.resolve("bin").resolve(NAME))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** From the folder's name: {@code 17}, {@code postgresql@17}, {@code pgsql-17}; else 0. Homebrew's libpq is its newest. */
    private static int major(Path tool) {
        String name = tool.getName(Math.max(0, tool.getNameCount() - 3)).toString();
        if (name.equals("libpq")) {
            return Integer.MAX_VALUE;
        }
        for (String prefix : List.of("postgresql@", "pgsql-", "")) {
            String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
            if (rest.length() == 2 && Character.isDigit(rest.charAt(0)) && Character.isDigit(rest.charAt(1))) {
                return Integer.parseInt(rest);
            }
        }
        return 0;
    }
}
