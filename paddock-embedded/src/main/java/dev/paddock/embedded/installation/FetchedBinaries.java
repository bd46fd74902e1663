package dev.paddock.embedded.installation;

import dev.paddock.artifact.ArtifactNotFoundException;
import dev.paddock.artifact.ArtifactSource;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Binaries fetched as Maven artifacts, by whichever {@link ArtifactSource} the class path has. */
final class FetchedBinaries {
    private static final String GROUP = "io.zonky.test.postgres";

    private final Platform platform;
    private final Supplier<Optional<ArtifactSource>> source;

    FetchedBinaries(Platform platform, Supplier<Optional<ArtifactSource>> source) {
        this.platform = platform;
        this.source = source;
    }

    /** @throws ArtifactNotFoundException when no repository has that release for this platform */
    Archive.Source fetch(PostgresVersion version, Progress progress) {
        String activity = "fetching PostgreSQL " + version;
        Progress renamed = (theirs, done, total) -> progress.advance(activity, done, total);
        ArtifactSource fetcher = source.get()
                .orElseThrow(() -> new PaddockException(
                        "PostgreSQL " + version
                                + " is neither in the cache nor on the class path, and nothing can fetch it",
                        "add the dependency dev.paddock:paddock-fetch, or the binaries " + ClasspathBinaries.ARTIFACT
                                + platform.classifier()));
        Iterator<String> versions = KnownReleases.artifactVersions(version).iterator();
        while (true) {
            try {
                return new Jar(fetcher.fetch(
                        GROUP, ClasspathBinaries.ARTIFACT + platform.classifier(), versions.next(), renamed));
            } catch (ArtifactNotFoundException absent) {
                if (!versions.hasNext()) {
                    throw absent;
                }
            }
        }
    }

    /** The one archive in a jar. */
    record Jar(Path file) implements Archive.Source {
        @Override
        public Archive.Content open() throws IOException {
            ZipInputStream zip = new ZipInputStream(Files.newInputStream(file));
            try {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.getName().endsWith(".txz")) {
                        // The entry's own size is written behind it.
                        return new Archive.Content(zip, Files.size(file));
                    }
                }
            } catch (IOException damaged) {
                zip.close();
                throw damaged;
            }
            zip.close();
            throw new IOException("no archive inside");
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
