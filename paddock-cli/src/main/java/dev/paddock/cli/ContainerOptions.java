package dev.paddock.cli;

import dev.paddock.model.ByteSize;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.DataPlaces;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Mount;
import dev.paddock.model.MountText;
import dev.paddock.model.PullPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options that say how a server's container is run; what is asked for less often stands in a {@code paddock.yaml}. */
final class ContainerOptions {
    private static final String IMAGE = "--image";
    private static final String PULL = "--pull";
    private static final String VOLUME = "--volume";
    private static final String MOUNT = "--mount";
    private static final String NETWORK = "--network";
    private static final String ALIAS = "--alias";
    private static final String LIMIT = "--limit";
    private static final String SHARED_MEMORY = "--shared-memory";
    private static final String ENVIRONMENT = "--env";
    private static final String LABEL = "--label";
    private static final String READ_ONLY = "--read-only";

    static final List<String> PULLS = List.of("missing", "always", "never");
    /** Those that say which image. */
    static final List<String> OF_IMAGE = List.of(IMAGE, PULL);

    static final List<String> ALL =
            List.of(IMAGE, PULL, VOLUME, MOUNT, NETWORK, ALIAS, LIMIT, SHARED_MEMORY, ENVIRONMENT, LABEL, READ_ONLY);

    private ContainerOptions() {}

    static Grammar addTo(Grammar grammar) {
        return grammar.value(IMAGE, "IMAGE", "Docker: the image, by tag or digest (default: by --postgres).")
                .value(PULL, "WHEN", "Docker: ask the registry for it if it is missing (the default), always or never.")
                .values(
                        VOLUME,
                        "1",
                        "SOURCE:TARGET",
                        "Docker: a volume or ./folder, seen at /target; :ro forbids writing.")
                .values(
                        MOUNT,
                        "1",
                        "FIELDS",
                        "Docker: a volume with its driver: source=NAME,target=PATH,volume-driver=...,volume-opt=NAME=VALUE.")
                .value(NETWORK, "NAME", "Docker: the network, made if there is none of that name.")
                .values(ALIAS, "1", "NAME", "Docker: a name on that network, besides its own; can be repeated.")
                .values(
                        LIMIT,
                        "1",
                        "NAME=VALUE",
                        "Docker: " + String.join(", ", LimitOption.NAMES) + "; can be repeated.")
                .value(SHARED_MEMORY, "SIZE", "Docker: the size of /dev/shm (default 256MB).")
                .values(ENVIRONMENT, "1", "NAME=VALUE", "Docker: a variable, never a secret; can be repeated.")
                .values(LABEL, "1", "NAME=VALUE", "Docker: a label; can be repeated.")
                .flag(READ_ONLY, "Docker: nothing but its data and volumes can be written to.");
    }

    /** @throws InvalidSpecException if one of them can't be meant */
    static ContainerSpec read(Arguments given, ContainerSpec begin) {
        ContainerSpec spec = begin;
        if (given.has(IMAGE)) {
            spec = spec.withImage(given.value(IMAGE).orElseThrow());
        }
        if (given.has(PULL)) {
            spec = spec.withPull(pull(given.value(PULL).orElseThrow()));
        }
        if (given.has(VOLUME) || given.has(MOUNT)) {
            spec = spec.withMounts(mounts(given, spec.mounts()));
        }
        if (given.has(NETWORK)) {
            spec = spec.withNetwork(given.value(NETWORK).orElseThrow(), spec.aliases());
        }
        if (given.has(ALIAS)) {
            List<String> aliases = new ArrayList<>(spec.aliases());
            aliases.addAll(given.values(ALIAS));
            spec = spec.withAliases(aliases);
        }
        if (given.has(LIMIT)) {
            spec = spec.withLimits(LimitOption.read(pairs(given, LIMIT)));
        }
        if (given.has(SHARED_MEMORY)) {
            spec = spec.withSharedMemory(
                    ByteSize.parse(given.value(SHARED_MEMORY).orElseThrow()));
        }
        if (given.has(ENVIRONMENT)) {
            spec = spec.withEnvironment(named(given, ENVIRONMENT, spec.environment()));
        }
        if (given.has(LABEL)) {
            spec = spec.withLabels(named(given, LABEL, spec.labels()));
        }
        return given.has(READ_ONLY) ? spec.withReadOnlyRoot(true) : spec;
    }

    private static List<Mount> mounts(Arguments given, List<Mount> others) {
        List<Mount> mounts = new ArrayList<>(others);
        given.values(VOLUME).forEach(text -> mounts.add(MountText.read(text, path -> GivenPath.of(VOLUME, path))));
        given.values(MOUNT).forEach(text -> mounts.add(MountOption.mount(MOUNT, text)));
        mounts.forEach(DataPlaces::requireApart);
        return mounts;
    }

    private static PullPolicy pull(String when) {
        if (!PULLS.contains(when)) {
            throw new InvalidSpecException(
                    "'" + when + "' is no time to pull an image", "choose " + String.join(", ", PULLS));
        }
        return PullPolicy.valueOf(when.toUpperCase(Locale.ROOT));
    }

    private static Map<String, String> named(Arguments given, String option, Map<String, String> begin) {
        Map<String, String> named = new LinkedHashMap<>(begin);
        pairs(given, option).forEach(pair -> named.put(pair.getKey(), pair.getValue()));
        return named;
    }

    private static List<Map.Entry<String, String>> pairs(Arguments given, String option) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String text : given.values(option)) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new InvalidSpecException(
                        "'" + text + "' is no name with its value", "write it as " + option + " NAME=VALUE");
            }
            pairs.add(Map.entry(text.substring(0, equals), text.substring(equals + 1)));
        }
        return pairs;
    }
}
