package dev.paddock.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
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
        if (isLauncherBuilt()) {
            return root.resolve("paddock");
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

    private boolean isLauncherBuilt() throws IOException {
        Path current = root.resolve("target/paddock/current");
        if (!Files.exists(current)) {
            return false;
        }
        FileTime built = Files.getLastModifiedTime(current);
        try (Stream<Path> files = Files.walk(root, 16)) {
            for (Path source : files.filter(this::isSource).toList()) {
                if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private boolean isSource(Path file) {
        String name = root.relativize(file).toString();
        return name.endsWith("pom.xml")
                || name.startsWith("images/")
                || (name.startsWith("paddock-") && name.contains("/src/main"));
    }
}
