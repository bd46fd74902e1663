package dev.paddock.docker.build;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import dev.paddock.docker.connection.EngineFailure;
import dev.paddock.model.ByteSize;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Has an engine build images of PostgreSQL that follow the official image's contract. Thread-safe. */
public final class ImageBuild {
    private static final List<String> PROXIES = List.of("http_proxy", "https_proxy", "no_proxy");

    private final DockerClient client;
    private final Progress progress;

    /** @param client of the engine, which stays its owner's to close */
    public ImageBuild(DockerClient client, Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /**
     * Builds an image. What the engine has built before it doesn't build again, unless that is wanted. A name that another image has
     * becomes this one's.
     *
     * @throws PaddockException if it can't be built, with what the build said; no name is given to anything then
     */
    public BuiltImage build(PostgresImage wanted) {
        Optional<DebianSuite> suite =
                wanted.base().isPresent() ? Optional.empty() : Optional.of(DebianSuite.withPostgres(wanted.major()));
        String base = suite.map(debian -> new DebianBase(client, progress).of(debian, wanted.mirror(), wanted.fresh()))
                .orElseGet(() -> wanted.base().orElseThrow());
        run(wanted, base);
        PostgresVersion version = new Trial(client).version(wanted.reference());
        List<String> references = new ArrayList<>(List.of(wanted.reference()));
        wanted.exactReference(version.toString()).ifPresent(exact -> {
            int colon = exact.lastIndexOf(':');
            client.tagImageCmd(wanted.reference(), exact.substring(0, colon), exact.substring(colon + 1))
                    .exec();
            references.add(exact);
        });
        InspectImageResponse image = client.inspectImageCmd(wanted.reference()).exec();
        long bytes = image.getSize() == null ? 0 : image.getSize();
        return new BuiltImage(references, version, base, new ByteSize(bytes));
    }

    private void run(PostgresImage wanted, String base) {
        String activity = "building " + wanted.reference();
        BuildOutput output = new BuildOutput(activity, progress);
        progress.advance(activity, 0, 0);
        try (BuildImageCmd command = client.buildImageCmd(new ByteArrayInputStream(BuildFiles.postgres()))) {
            command.withTags(Set.of(wanted.reference()))
                    // Names of hosts are resolved as they are here, whatever networks of containers know of them.
                    .withNetworkMode("host")
                    .withForcerm(true)
                    .withNoCache(wanted.fresh())
                    .withBuildArg("BASE", base)
                    .withBuildArg("MAJOR", Integer.toString(wanted.major()))
                    .withBuildArg("DATA", wanted.data())
                    .withBuildArg("VOLUME", wanted.volume())
                    .withBuildArg("EXTENSIONS", ExtensionPackages.argument(wanted.extensions(), wanted.major()));
            for (String proxy : PROXIES) {
                // Engines know these names, and keep their values out of the image.
                Optional.ofNullable(System.getenv(proxy))
                        .or(() -> Optional.ofNullable(System.getenv(proxy.toUpperCase(Locale.ROOT))))
                        .ifPresent(value -> command.withBuildArg(proxy, value));
            }
            command.exec(output).awaitCompletion();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PaddockException("interrupted while " + activity, interrupted);
        } catch (DockerException refused) {
            String reason = EngineFailure.reason(refused);
            throw new PaddockException(
                    "the engine can't build " + wanted.reference() + ": " + reason,
                    output.said().advice(reason).orElse(null),
                    refused);
        } catch (IOException failure) {
            throw new PaddockException("can't read what images are made of: " + failure.getMessage(), failure);
        } finally {
            progress.advance(activity, 1, 1);
        }
        if (!output.isBuilt()) {
            throw failure(wanted, base, output);
        }
    }

    private static PaddockException failure(PostgresImage wanted, String base, BuildOutput output) {
        String complaint = output.complaint();
        if (!complaint.isEmpty()) {
            return new PaddockException(
                    "can't build " + wanted.reference() + " on " + base + ": " + complaint,
                    advice(complaint, output.offers()));
        }
        if (output.said().show().isEmpty()) {
            return new PaddockException(
                    "can't build " + wanted.reference() + " on " + base + ": " + output.failure(),
                    output.said()
                            .advice(output.failure())
                            .orElse(
                                    "look at the name of the base, and log in to its registry with: docker login; without --base one is made here"));
        }
        return new PaddockException(
                "can't build " + wanted.reference() + " on " + base
                        + output.said().show(),
                output.said().advice(output.failure()).orElse(null));
    }

    private static String advice(String complaint, List<String> offers) {
        if (offers.isEmpty()) {
            return "name another with --base";
        }
        String extension = complaint.replaceFirst(".* the extension (\\S+) .*", "$1");
        List<String> nearest = ExtensionPackages.nearest(extension, offers);
        return nearest.isEmpty()
                ? "it has "
                        + String.join(", ", offers.stream().sorted().distinct().toList())
                : "did you mean " + String.join(" or ", nearest) + "?";
    }
}
