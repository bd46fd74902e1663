package dev.paddock.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        boolean readOnlyRoot,
        Optional<String> user,
        Set<String> capabilities,
        Optional<String> network,
        List<String> aliases,
        boolean published,
        Optional<LogDriver> log,
        RestartPolicy restart,
        Optional<HealthCheck> health) {

    /** Nothing asked for. */
    public static final ContainerSpec DEFAULT = new ContainerSpec(
            Optional.empty(),
            PullPolicy.MISSING,
            Map.of(),
            Map.of(),
            List.of(),
            ResourceLimits.NONE,
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
        environment = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        mounts = List.copyOf(mounts);
        capabilities = Set.copyOf(capabilities);
        aliases = List.copyOf(aliases);
    }

    /** Whether anything is asked for. */
    public boolean isDefault() {
        return equals(DEFAULT);
    }

    public ContainerSpec withImage(String reference) {
        return new ContainerSpec(
                Optional.of(reference),
                pull,
                environment,
                labels,
                mounts,
                limits,
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

    public ContainerSpec withPull(PullPolicy policy) {
        return new ContainerSpec(
                image,
                policy,
                environment,
                labels,
                mounts,
                limits,
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

    public ContainerSpec withEnvironment(Map<String, String> variables) {
        return new ContainerSpec(
                image,
                pull,
                variables,
                labels,
                mounts,
                limits,
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

    public ContainerSpec withLabels(Map<String, String> more) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                more,
                mounts,
                limits,
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

    public ContainerSpec withMounts(List<Mount> newMounts) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                newMounts,
                limits,
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

    public ContainerSpec withLimits(ResourceLimits newLimits) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                newLimits,
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

    public ContainerSpec withReadOnlyRoot(boolean readOnly) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnly,
                user,
                capabilities,
                network,
                aliases,
                published,
                log,
                restart,
                health);
    }

    public ContainerSpec withUser(String newUser) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnlyRoot,
                Optional.of(newUser),
                capabilities,
                network,
                aliases,
                published,
                log,
                restart,
                health);
    }

    public ContainerSpec withCapabilities(Set<String> kept) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnlyRoot,
                user,
                kept,
                network,
                aliases,
                published,
                log,
                restart,
                health);
    }

    /** On this network, under these names besides its own. */
    public ContainerSpec withNetwork(String name, List<String> newAliases) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnlyRoot,
                user,
                capabilities,
                Optional.of(name),
                newAliases,
                published,
                log,
                restart,
                health);
    }

    public ContainerSpec withPublished(boolean onLoopback) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnlyRoot,
                user,
                capabilities,
                network,
                aliases,
                onLoopback,
                log,
                restart,
                health);
    }

    public ContainerSpec withLog(LogDriver driver) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnlyRoot,
                user,
                capabilities,
                network,
                aliases,
                published,
                Optional.of(driver),
                restart,
                health);
    }

    public ContainerSpec withRestart(RestartPolicy policy) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnlyRoot,
                user,
                capabilities,
                network,
                aliases,
                published,
                log,
                policy,
                health);
    }

    public ContainerSpec withHealth(HealthCheck check) {
        return new ContainerSpec(
                image,
                pull,
                environment,
                labels,
                mounts,
                limits,
                readOnlyRoot,
                user,
                capabilities,
                network,
                aliases,
                published,
                log,
                restart,
                Optional.of(check));
    }
}
