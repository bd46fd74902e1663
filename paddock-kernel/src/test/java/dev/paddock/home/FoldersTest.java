package dev.paddock.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    private static boolean run(String... words) throws Exception {
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void assertRemoved(Path parent) throws Exception {
        Path folder = Files.createDirectories(parent.resolve("folder/data"));
        Files.writeString(folder.resolve("file"), "content");
        remove(parent);
    }

    private static void remove(Path parent) throws Exception {
        new Folders().remove(parent.resolve("folder"), parent, Set.of("manifest"));
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void removesAFolder() throws Exception {
        assertRemoved(temp);
    }

    /** As in an image that came with a cache: an overlay renames no folder of the layers below. */
    @Test
    void removesAFolderThatNobodyCanRename() throws Exception {
        Files.createDirectories(temp.resolve("lower/folder/data"));
        Files.writeString(temp.resolve("lower/folder/data/file"), "content");
        Files.writeString(temp.resolve("lower/folder/manifest"), "");
        Path merged = Files.createDirectories(temp.resolve("merged"));
        Files.createDirectories(temp.resolve("upper"));
        Files.createDirectories(temp.resolve("work"));
        String layers = "lowerdir=" + temp.resolve("lower") + ",upperdir=" + temp.resolve("upper") + ",workdir="
                + temp.resolve("work");
        assumeTrue(
                run("mount", "-t", "overlay", "-o", layers, "overlay", merged.toString()),
                "this user may mount no overlay here");
        try {
            remove(merged);
        } finally {
            run("umount", merged.toString());
            run("rm", "-rf", temp.resolve("work").toString());
        }
    }
}
