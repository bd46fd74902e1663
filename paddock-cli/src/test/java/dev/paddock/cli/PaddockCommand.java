package dev.paddock.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkout that is being tested, and its command. */
record PaddockCommand(Path root) {

    /** That which the working directory is in. */
    static PaddockCommand ofCheckout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("paddock")) || Files.isDirectory(folder.resolve("paddock"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests run outside of a checkout");
            }
        }
        return new PaddockCommand(folder);
    }

    /**
     * The launcher, if it is built. Else it would build all of this anew in the middle of the build that runs this test: then a
     * script that starts what is being tested.
     */
    Path in(Path folder) throws IOException {
        Optional<Path> launcher = launcher();
        if (launcher.isPresent()) {
            return launcher.get();
        }
        Path script = folder.resolve("paddock-under-test");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '" + System.getProperty("java.home")
                        + "/bin/java' -XX:TieredStopAtLevel=1 -Xshare:auto -cp '"
                        + System.getProperty("java.class.path") + "' " + Main.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /** The launcher, if it is built and what it starts is what is being tested. */
    Optional<Path> launcher() {
        Path current = root.resolve("target/paddock/current");
        if (!Files.exists(current)) {
            return Optional.empty();
        }
        try {
            FileTime built = Files.getLastModifiedTime(current);
            for (Path source : sources()) {
                if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(root.resolve("paddock"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Of what the launcher starts. */
    private List<Path> sources() throws IOException {
        List<Path> places = new ArrayList<>(List.of(root.resolve("pom.xml"), root.resolve("images")));
        try (Stream<Path> modules = Files.list(root)) {
            modules.filter(each -> String.valueOf(each.getFileName()).startsWith("paddock-"))
                    .forEach(module -> places.addAll(List.of(module.resolve("pom.xml"), module.resolve("src/main"))));
        }
        List<Path> sources = new ArrayList<>();
        for (Path place : places) {
            if (Files.exists(place)) {
                try (Stream<Path> files = Files.walk(place)) {
                    files.forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
