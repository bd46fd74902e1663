package dev.paddock.failure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What failed tests leave.
 *
 * @param on whether they leave anything
 * @param keep how many databases of failed tests may be kept
 * @param keepFor how long each is kept
 * @param folder where reports are written
 */
public record FailureSettings(boolean on, int keep, Duration keepFor, Path folder) {
    public static final int KEEP = 3;
    public static final Duration KEEP_FOR = Duration.ofHours(1);

    /**
     * Where reports are written unless somebody says it: where the build that runs the tests puts what it makes.
     *
     * @param project the folder that the tests are run in
     */
    public static Path usualFolder(Path project) {
        boolean gradle =
                Files.exists(project.resolve("build.gradle")) || Files.exists(project.resolve("build.gradle.kts"));
        String output = gradle && !Files.exists(project.resolve("pom.xml")) ? "build" : "target";
        return project.resolve(output).resolve("paddock");
    }
}
