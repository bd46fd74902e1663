package dev.paddock.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a container is to be run, for engines that have containers; the others refuse a spec that says anything of it. Immutable; the
 * {@code with…} methods return changed copies.
 *
 * @param image by tag or digest; if absent the one that the engine takes for the PostgreSQL that is wanted
 * @param pull when to ask the registry for it
 * @param environment what its processes see besides the image's own; never for secrets, which inspection shows
 * @param labels besides Paddock's own
 * @param mounts volumes and folders besides the data directory's
 * @param limits what it may use
 * @param sharedMemory the size of {@code /dev/shm}; if absent {@link #POSTGRES_SHARED_MEMORY} for PostgreSQL, and what the engine gives for others
 * @param readOnlyRoot whether nothing but its mounts can be written to; data in memory is then a tmpfs
 * @param user to run as, {@code uid} or {@code uid:gid}; if absent PostgreSQL's own of the image, never root
 * @param capabilities that it keeps; all others are dropped
 * @param network to be attached to, made if there is none of that name; if absent the engine's default
 * @param aliases further names on that network
 * @param published whether the host reaches it, on loopback only
 * @param log where its output goes; if absent as the engine is configured
 * @param restart what the engine does when it ends by itself
 * @param health how the engine itself finds out whether it works
 */
public record ContainerSpec(
        Optional<String> image,
        PullPolicy pull,
        Map<String, String> environment,
        Map<String, String> labels,
        List<Mount> mounts,
        ResourceLimits limits,
        Optional<ByteSize> sharedMemory,
        boolean readOnlyRoot,
        Optional<String> user,
        Set<String> capabilities,
        Optional<String> network,
        List<String> aliases,
        boolean published,
        Optional<LogDriver> log,
        RestartPolicy restart,
        Optional<HealthCheck> health) {

    /** Room for the parallel workers of large queries, which an engine's 64 MB are not. */
    public static final ByteSize POSTGRES_SHARED_MEMORY = ByteSize.ofMegabytes(256);

    /** Nothing asked for. */
    public static final ContainerSpec DEFAULT = new ContainerSpec(
            Optional.empty(),
            PullPolicy.MISSING,
            Map.of(),
            Map.of(),
            List.of(),
            ResourceLimits.NONE,
            Optional.empty(),
            false,
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            List.of(),
            true,
            Optional.empty(),
            RestartPolicy.NEVER,
            Optional.empty());

    public ContainerSpec {
        image.ifPresent(name -> InvalidSpecException.ifEmpty(name, "the image"));
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        mounts = List.copyOf(mounts);
        capabilities = Set.copyOf(capabilities);
        aliases = List.copyOf(aliases);
        aliases.forEach(ContainerSpec::requireAlias);
    }

    /** Whether anything is asked for. */
    public boolean isDefault() {
        // Which looks first whether it is the very same: a fresh JVM takes ten milliseconds to find out how records are
        // compared.
        return Objects.equals(this, DEFAULT);
    }

    public ContainerSpec withImage(String reference) {
        return with(changed -> changed.image = Optional.of(reference));
    }

    public ContainerSpec withPull(PullPolicy policy) {
        return with(changed -> changed.pull = policy);
    }

    public ContainerSpec withEnvironment(Map<String, String> variables) {
        return with(changed -> changed.environment = variables);
    }

    public ContainerSpec withLabels(Map<String, String> more) {
        return with(changed -> changed.labels = more);
    }

    public ContainerSpec withMounts(List<Mount> newMounts) {
        return with(changed -> changed.mounts = newMounts);
    }

    public ContainerSpec withLimits(ResourceLimits newLimits) {
        return with(changed -> changed.limits = newLimits);
    }

    public ContainerSpec withSharedMemory(ByteSize size) {
        return with(changed -> changed.sharedMemory = Optional.of(size));
    }

    private static void requireAlias(String name) {
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
            throw new InvalidSpecException(
                    "'" + name + "' can't be a name on a network", "use letters, digits, '.', '-' and '_', up to 63");
        }
    }

    public ContainerSpec withReadOnlyRoot(boolean readOnly) {
        return with(changed -> changed.readOnlyRoot = readOnly);
    }

    public ContainerSpec withUser(String newUser) {
        return with(changed -> changed.user = Optional.of(newUser));
    }

    public ContainerSpec withCapabilities(Set<String> kept) {
        return with(changed -> changed.capabilities = kept);
    }

    /** On this network, under these names besides its own. */
    public ContainerSpec withNetwork(String name, List<String> newAliases) {
        return with(changed -> {
            changed.network = Optional.of(name);
            changed.aliases = newAliases;
        });
    }

    /** Under these names on its network, besides its own. */
    public ContainerSpec withAliases(List<String> newAliases) {
        return with(changed -> changed.aliases = newAliases);
    }

    public ContainerSpec withPublished(boolean onLoopback) {
        return with(changed -> changed.published = onLoopback);
    }

    public ContainerSpec withLog(LogDriver driver) {
        return with(changed -> changed.log = Optional.of(driver));
    }

    public ContainerSpec withRestart(RestartPolicy policy) {
        return with(changed -> changed.restart = policy);
    }

    public ContainerSpec withHealth(HealthCheck check) {
        return with(changed -> changed.health = Optional.of(check));
    }

    private ContainerSpec with(Consumer<Changed> change) {
        Changed changed = new Changed(this);
        change.accept(changed);
        return changed.toSpec();
    }

    /** Its components on the way from one spec to the next. */
    private static final class Changed {
        private Optional<String> image;
        private PullPolicy pull;
        private Map<String, String> environment;
        private Map<String, String> labels;
        private List<Mount> mounts;
        private ResourceLimits limits;
        private Optional<ByteSize> sharedMemory;
        private boolean readOnlyRoot;
        private Optional<String> user;
        private Set<String> capabilities;
        private Optional<String> network;
        private List<String> aliases;
        private boolean published;
        private Optional<LogDriver> log;
        private RestartPolicy restart;
        private Optional<HealthCheck> health;

        Changed(ContainerSpec spec) {
            image = spec.image;
            pull = spec.pull;
            environment = spec.environment;
            labels = spec.labels;
            mounts = spec.mounts;
            limits = spec.limits;
            sharedMemory = spec.sharedMemory;
            readOnlyRoot = spec.readOnlyRoot;
            user = spec.user;
            capabilities = spec.capabilities;
            network = spec.network;
            aliases = spec.aliases;
            published = spec.published;
            log = spec.log;
            restart = spec.restart;
            health = spec.health;
        }

        ContainerSpec toSpec() {
            return new ContainerSpec(
                    image,
                    pull,
                    environment,
                    labels,
                    mounts,
                    limits,
                    sharedMemory,
                    readOnlyRoot,
                    user,
                    capabilities,
                    network,
                    aliases,
                    published,
                    log,
                    restart,
                    health);
        }
    }
}
