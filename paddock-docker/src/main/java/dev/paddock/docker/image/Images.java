package dev.paddock.docker.image;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import dev.paddock.home.CheckedFile;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.DataPlatform;
import dev.paddock.model.Hint;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.PostgresVersion;
import dev.paddock.model.Progress;
import dev.paddock.model.PullPolicy;
import dev.paddock.model.Term;
import dev.paddock.oci.layer.Owner;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The images of PostgreSQL that servers are made of: chosen, pulled if they are missing, and looked into once. Thread-safe. */
public final class Images {
    private static final Pattern OFFICIAL = Pattern.compile("((docker\\.io/)?library/)?postgres:[\\w.-]+");
    private static final Pattern OF_RELEASE = Pattern.compile("(paddock/)?postgres:\\d+(\\.\\d+)?");
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\.\\d+)");

    private final DockerClient client;
    private final PaddockHome home;
    private final Probe probe;
    private final ImageStore store;
    private final Map<String, ImageFacts> known = new ConcurrentHashMap<>();

    public Images(DockerClient client, PaddockHome home, Probe probe, Progress progress) {
        this.client = client;
        this.home = home;
        this.probe = probe;
        this.store = new ImageStore(client, progress);
    }

    /** The image that a spec names, or the one for the PostgreSQL that it names. */
    public ImageFacts find(ContainerSpec container, PostgresSource postgres) {
        if (container.image().isPresent()) {
            return get(container.image().get(), container.pull());
        }
        String tag = tag(postgres);
        List<String> candidates = List.of("postgres:" + tag, "paddock/postgres:" + tag);
        for (String candidate : candidates) {
            if (known.containsKey(candidate) || store.find(candidate).isPresent()) {
                return get(candidate, container.pull());
            }
        }
        try {
            return get(candidates.get(0), container.pull());
        } catch (PaddockException unavailable) {
            throw new PaddockException(
                    String.valueOf(unavailable.getMessage()),
                    "where no registry is reached, build one with: paddock image build --postgres " + tag,
                    unavailable);
        }
    }

    /** Whether a name is that of the official image, which nobody else can give to theirs. */
    static boolean isOfficial(String name) {
        return OFFICIAL.matcher(name).matches();
    }

    /** Whether a name is one of those that are looked for when a version is asked for. */
    static boolean areOfRelease(String name) {
        return OF_RELEASE.matcher(name).matches();
    }

    /** One to look at data with: the one that is named, or else the newest that the engine has. */
    public ImageFacts any(ContainerSpec container) {
        if (container.image().isEmpty()) {
            for (int major = PostgresSource.NEWEST; major >= PostgresSource.OLDEST; major--) {
                for (String candidate : List.of("postgres:" + major, "paddock/postgres:" + major)) {
                    if (known.containsKey(candidate) || store.find(candidate).isPresent()) {
                        return get(candidate, PullPolicy.NEVER);
                    }
                }
            }
        }
        return find(container, new PostgresSource.Release(PostgresSource.NEWEST, OptionalInt.empty()));
    }

    private static String tag(PostgresSource postgres) {
        if (postgres instanceof PostgresSource.Release release) {
            return release.toString();
        }
        throw new InvalidSpecException(
                "a container can't run the PostgreSQL of this machine (" + postgres + ")",
                Hint.naming("name a version, or an image with {}", Term.IMAGE));
    }

    /** An image by its name; pulled if the policy says so. */
    public ImageFacts get(String reference, PullPolicy pull) {
        ImageFacts facts = known.get(reference);
        if (facts != null && pull != PullPolicy.ALWAYS) {
            return facts;
        }
        InspectImageResponse image = store.get(reference, pull);
        ImageFacts found = facts(reference, image);
        known.put(reference, found);
        return found;
    }

    /** Whether the engine has it already. */
    public boolean has(String reference) {
        return !reference.isEmpty()
                && (known.containsKey(reference) || store.find(reference).isPresent());
    }

    /** Remembered in the cache, since content never changes. */
    private ImageFacts facts(String reference, InspectImageResponse image) {
        String id = String.valueOf(image.getId());
        CheckedFile memory = new CheckedFile(home.cacheFolder("image-facts").resolve(id.replace(':', '-') + "-3"));
        try {
            Optional<String> before = memory.read();
            if (before.isPresent()) {
                return read(reference, id, before.get(), image.getConfig());
            }
            String text = probe.look(reference);
            ImageFacts found = read(reference, id, text, image.getConfig());
            memory.write(text);
            return found;
        } catch (IOException failure) {
            throw new PaddockException("can't keep " + memory.file() + ": " + failure.getMessage(), failure);
        } catch (PaddockException unusable) {
            String runs = String.valueOf(client.versionCmd().exec().getArch());
            String made = String.valueOf(image.getArch());
            if (made.equals(runs)) {
                throw unusable;
            }
            throw new PaddockException(
                    "the image " + reference + " is for " + made + ", and the engine runs on " + runs,
                    "pull it for this machine with: docker pull --platform linux/" + runs + " " + reference,
                    unusable);
        }
    }

    private static ImageFacts read(String reference, String id, String text, @Nullable ContainerConfig config)
            throws IOException {
        Properties facts = new Properties();
        facts.load(new StringReader(text));
        Matcher version = VERSION.matcher(facts.getProperty("version", ""));
        String uid = facts.getProperty("uid", "");
        if (!version.find() || uid.isEmpty()) {
            throw new PaddockException(
                    "the image " + reference + " isn't one of PostgreSQL: it has "
                            + (uid.isEmpty() ? "no user postgres" : "no program postgres"),
                    "name one that follows the official image postgres");
        }
        if (facts.containsKey("lacks")) {
            throw new PaddockException(
                    "the image " + reference + " lacks the program " + facts.getProperty("lacks"),
                    "add it, or name another image");
        }
        return new ImageFacts(
                reference,
                id,
                new Owner(Integer.parseInt(uid), Integer.parseInt(facts.getProperty("gid", uid))),
                PostgresVersion.parse(version.group(1)),
                platform(facts),
                config == null || config.getVolumes() == null
                        ? Set.of()
                        : Set.copyOf(config.getVolumes().keySet()),
                usualData(config));
    }

    private static Optional<String> usualData(@Nullable ContainerConfig config) {
        String[] environment = config == null ? null : config.getEnv();
        return Stream.of(environment == null ? new String[0] : environment)
                .filter(variable -> variable.startsWith("PGDATA=/"))
                .map(variable -> variable.substring("PGDATA=".length()))
                .findFirst();
    }

    private static DataPlatform platform(Properties facts) {
        String machine = facts.getProperty("machine", "");
        String architecture = switch (machine) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> machine;
        };
        return new DataPlatform(architecture, facts.getProperty("libc", ""), facts.getProperty("icu", ""));
    }
}
