package dev.paddock.embedded.installation;

import dev.paddock.home.FileLockScope;
import dev.paddock.home.PaddockHome;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The cache's folder of unpacked releases, one folder each. */
final class UnpackedReleases {
    /** As long as fetching takes over a slow line. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final String FOLDER = "installations";
    private static final Duration ABSENCE_IS_BELIEVED = Duration.ofDays(1);

    private final PaddockHome home;
    private final Platform platform;
    private final CachedTrees trees;

    UnpackedReleases(PaddockHome home, Platform platform, CachedTrees trees) {
        this.home = home;
        this.platform = platform;
        this.trees = trees;
    }

    Optional<Installation> find(PostgresVersion version) {
        Path folder = folder().resolve(id(version));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        NoExec.require(folder.resolve("bin").resolve(platform.program("postgres")));
        return Optional.of(installation(version, folder));
    }

    /** The newest of a major that is here. */
    Optional<Installation> newestOf(int major) {
        if (!Files.isDirectory(folder())) {
            // None yet; or a pipe, which would be waited for.
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(folder())) {
            return folders.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .map(each -> each.getFileName().toString())
                    .filter(name -> name.startsWith(major + ".") && name.endsWith("-" + platform.classifier()))
                    .map(PostgresVersion::parse)
                    .max(Comparator.naturalOrder())
                    .flatMap(this::find);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Unpacks what the source gives; of many who ask at once, one asks the source and the others wait for it. */
    Installation getOrUnpack(PostgresVersion version, Progress progress, Supplier<Archive.Source> source) {
        Path parent = home.cacheFolder(FOLDER);
        try (FileLockScope lock = FileLockScope.acquire(home, id(version), PATIENCE)) {
            return find(version).orElseGet(() -> unpack(version, progress, source.get(), parent));
        }
    }

    /** No repository had it lately, so that it need not be asked for at each start. */
    boolean isKnownAbsent(PostgresVersion version) {
        try {
            Instant since = Files.getLastModifiedTime(absence(version)).toInstant();
            return since.plus(ABSENCE_IS_BELIEVED).isAfter(Instant.now());
        } catch (IOException neverAsked) {
            return false;
        }
    }

    void rememberAbsent(PostgresVersion version) {
        try {
            home.cacheFolder(FOLDER);
            WholeFile.write(absence(version), "");
        } catch (IOException forgotten) {
            // Then it is asked for again.
        }
    }

    private Path folder() {
        return home.cache().resolve(FOLDER);
    }

    private Path absence(PostgresVersion version) {
        return folder().resolve(".absent-" + id(version));
    }

    private String id(PostgresVersion version) {
        return version + "-" + platform.classifier();
    }

    private Installation installation(PostgresVersion version, Path folder) {
        return new Installation(version, folder.resolve("bin"), id(version));
    }

    private Installation unpack(PostgresVersion version, Progress progress, Archive.Source source, Path parent) {
        Path target = parent.resolve(id(version));
        try (Staging staging = Staging.open(parent, trees.seals())) {
            Archive.unpack(source, staging.tree(), "unpacking PostgreSQL " + version, progress);
            for (String program : new String[] {"postgres", "initdb"}) {
                Path file = staging.tree().resolve("bin").resolve(platform.program(program));
                NoExec.require(file);
                if (!Files.isExecutable(file)) {
                    throw new IOException("no " + program + " inside");
                }
            }
            staging.publish(target);
            return installation(version, target);
        } catch (FileSystemException failure) {
            throw new PaddockException(
                    "can't unpack PostgreSQL " + version + " to " + parent + ": " + failure.getMessage(),
                    "make room there, or set PADDOCK_HOME to another folder",
                    failure);
        } catch (IOException failure) {
            String says = String.valueOf(failure.getMessage());
            boolean full = says.contains("No space left") || says.contains("quota exceeded");
            throw new PaddockException(
                    "can't unpack PostgreSQL " + version + " from " + source + ": " + says,
                    full
                            ? "make room in " + parent + ", or set PADDOCK_HOME to another folder"
                            : "the archive is damaged: delete it, so that it is fetched again",
                    failure);
        }
    }
}
