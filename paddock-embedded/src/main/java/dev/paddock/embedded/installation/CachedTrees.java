package dev.paddock.embedded.installation;

import dev.paddock.home.FileLockScope;
import dev.paddock.home.Folders;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.Seal;
import dev.paddock.home.Seals;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders of programs and extensions in the cache. Each is sealed when it is made, looked at when it is used, and removed when it is
 * damaged, so that it is made again. Thread-safe.
 */
public final class CachedTrees {
    private static final List<String> KINDS = List.of("installations", "extensions", "views");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final PaddockHome home;
    private final Seals seals = new Seals();

    public CachedTrees(PaddockHome home) {
        this.home = home;
    }

    /** For whoever makes one. */
    Seals seals() {
        return seals;
    }

    /** The one that a path leads into; none if it leads elsewhere. */
    public Optional<Path> above(Path path) {
        if (!path.startsWith(home.cache())) {
            return Optional.empty();
        }
        Path inside = home.cache().relativize(path);
        return inside.getNameCount() > 1 && KINDS.contains(inside.getName(0).toString())
                ? Optional.of(home.cache().resolve(inside.subpath(0, 2)))
                : Optional.empty();
    }

    /** Begins to look whether a tree's files are as they were made, for {@link #damage}. */
    public void look(Path tree) {
        seals.look(tree, () -> examine(tree));
    }

    /** What is wrong with its files, if anything. */
    public Optional<String> damage(Path tree) {
        return seals.damage(tree, () -> examine(tree));
    }

    private static Optional<String> examine(Path tree) {
        Seal seal = Seal.of(tree);
        return seal.isSound() ? Optional.empty() : seal.damage();
    }

    /** What is wrong with each that is in the cache and damaged. */
    public Map<Path, String> damaged() {
        Map<Path, String> found = new LinkedHashMap<>();
        for (Path tree : all()) {
            examine(tree).ifPresent(reason -> found.put(tree, reason));
        }
        return found;
    }

    private List<Path> all() {
        List<Path> all = new ArrayList<>();
        for (String kind : KINDS) {
            Path folder = home.cache().resolve(kind);
            if (!Files.isDirectory(folder)) {
                // None of this kind; or a pipe, which would be waited for.
                continue;
            }
            try (Stream<Path> trees = Files.list(folder)) {
                trees.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                        .filter(each -> !Folders.isDraft(each))
                        .forEach(all::add);
            } catch (IOException unreadable) {
                // Then none of them is damaged.
            }
        }
        return all;
    }

    /** Removes a damaged one, unless somebody else has made it again meanwhile. */
    public void remove(Path tree) {
        try (FileLockScope lock =
                FileLockScope.acquire(home, "mend-" + tree.getFileName().toString(), PATIENCE)) {
            seals.forget(tree);
            if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)
                    && examine(tree).isPresent()) {
                new Folders().remove(tree, tree.resolveSibling("."), Set.of());
            }
        } catch (IOException failure) {
            throw new PaddockException(
                    "can't remove the damaged folder " + tree + ": " + failure.getMessage(),
                    "remove it by hand",
                    failure);
        }
    }

    /** Waits until what this process has made is on the disk; some seconds at most, for it can be made again. */
    public void settle() {
        seals.awaitAll(SETTLING);
    }
}
