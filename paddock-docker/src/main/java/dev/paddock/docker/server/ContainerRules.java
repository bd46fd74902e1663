package dev.paddock.docker.server;

import dev.paddock.docker.container.HostOptions;
import dev.paddock.docker.container.OwnFolder;
import dev.paddock.docker.container.PackedData;
import dev.paddock.docker.image.ImageFacts;
import dev.paddock.model.ContainerSpec;
import dev.paddock.model.DataPlaces;
import dev.paddock.model.Hint;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.Mount;
import dev.paddock.model.RestartPolicy;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import dev.paddock.model.Term;
import dev.paddock.oci.layer.Owner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can't be meant of a server in a container, said before anything is started. */
public final class ContainerRules {
    private static final Pattern USER = Pattern.compile("(\\d{1,9})(?::(\\d{1,9}))?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]+");
    /** Networks that every engine has, on which there are no names. */
    private static final Set<String> PREDEFINED = Set.of("host", "none", "bridge", "default");

    private static final Set<String> SECRETS = Set.of("POSTGRES_PASSWORD", "PGPASSWORD");
    /** What an image's entrypoint is told when it makes a data directory, and how that is said here. */
    private static final Map<String, Hint> INSTEAD = Map.of(
            "POSTGRES_USER", Hint.naming("say {}", Term.USER),
            "POSTGRES_DB", Hint.naming("say {}", Term.DATABASE),
            "POSTGRES_INITDB_ARGS", Hint.naming("say {}", Term.FORMAT),
            "POSTGRES_HOST_AUTH_METHOD", Hint.of("leave it out: every user has a password"),
            "POSTGRES_PASSWORD_FILE", Hint.naming("say {}", Term.PASSWORD));

    private static final Path INIT_SCRIPTS = Path.of("/docker-entrypoint-initdb.d");
    private static final List<Path> RESERVED = List.of(
            Path.of(OwnFolder.INSIDE),
            Path.of(OwnFolder.CONFIG),
            Path.of(OwnFolder.SHARED),
            Path.of(PackedData.INSIDE),
            Path.of("/var/lib/paddock"));

    private ContainerRules() {}

    /**
     * @param standing whether it is to outlive this process
     * @throws InvalidSpecException with what to do about it
     */
    public static void check(ServerSpec spec, boolean standing) {
        if (!spec.extensions().isEmpty()) {
            throw new InvalidSpecException(
                    "a container has the extensions of its image, and no folder of others",
                    Hint.naming("name an image that has them with {}", Term.IMAGE));
        }
        ContainerSpec wanted = spec.container();
        checkRestart(spec, standing);
        checkNetwork(wanted);
        wanted.mounts().forEach(ContainerRules::checkTarget);
        wanted.mounts().forEach(DataPlaces::requireApart);
        HostOptions.capabilities(wanted.capabilities());
        if (owner(wanted).isPresent() && spec.storage() instanceof Storage.OnDisk) {
            throw new InvalidSpecException(
                    "data in a folder of yours belongs to you, so PostgreSQL runs as you",
                    "leave out the user, or keep the data in a volume");
        }
        for (String name : wanted.environment().keySet()) {
            if (SECRETS.contains(name)) {
                throw new InvalidSpecException(
                        "everybody who may inspect containers would read the password in " + name,
                        Hint.naming("give it as the server's password with {}", Term.PASSWORD));
            }
            Hint instead = INSTEAD.get(name);
            if (instead != null) {
                throw new InvalidSpecException(
                        name + " is for the image's entrypoint, which has made the data directory already",
                        instead.or("leave it out"));
            }
            if (name.equals("PGDATA")) {
                throw new InvalidSpecException(
                        "PGDATA can't be set, since Paddock decides where in a container the data is",
                        Hint.naming("leave it out; to keep the data in a volume, use {}", Term.DISK_VOLUME));
            }
        }
    }

    /** @throws InvalidSpecException if something is mounted where this image keeps data */
    public static void checkMounts(ContainerSpec wanted, ImageFacts image) {
        wanted.mounts().forEach(mount -> DataPlaces.requireApart(mount, image.dataPlaces()));
    }

    private static void checkRestart(ServerSpec spec, boolean standing) {
        if (spec.container().restart().equals(RestartPolicy.NEVER)) {
            return;
        }
        if (!standing) {
            throw new InvalidSpecException(
                    "a server that ends with its owner can't be restarted by the engine",
                    "leave out the restart policy, or let the server stand: paddock up");
        }
        if (spec.ttl().isPresent()) {
            throw new InvalidSpecException(
                    "a server that the engine restarts outlives its time to live",
                    "leave out either the restart policy or the time to live");
        }
    }

    private static void checkNetwork(ContainerSpec wanted) {
        if (wanted.network().isEmpty() && !wanted.aliases().isEmpty()) {
            throw new InvalidSpecException(
                    "an alias is a name on a network, and no network is named",
                    Hint.naming("name the network with {}", Term.NETWORK));
        }
        wanted.network().ifPresent(name -> {
            if (PREDEFINED.contains(name) || name.startsWith("container:")) {
                throw new InvalidSpecException(
                        "on the network " + name + " a server can't be kept apart or found by its name",
                        "name another, which is made if there is none; or leave it out");
            }
            if (!NAME.matcher(name).matches()) {
                throw new InvalidSpecException(
                        "'" + name + "' can't be the name of a network",
                        "use letters, digits, '_', '.' and '-', two or more");
            }
        });
    }

    private static void checkTarget(Mount mount) {
        Path target = Path.of(mount.target()).normalize();
        if (target.startsWith(INIT_SCRIPTS)) {
            throw new InvalidSpecException(
                    "scripts in " + INIT_SCRIPTS + " are run when the data directory is made, which it is already",
                    Hint.naming("run them with {}; those of the image itself have been run", Term.INIT));
        }
        for (Path reserved : RESERVED) {
            if (target.startsWith(reserved) || reserved.startsWith(target)) {
                throw new InvalidSpecException(
                        "nothing can be mounted at " + target + ": " + reserved + " is Paddock's own",
                        "mount it somewhere else");
            }
        }
    }

    /** Whom PostgreSQL is to run as. */
    public static Optional<Owner> owner(ContainerSpec wanted) {
        return wanted.user().map(text -> {
            Matcher user = USER.matcher(text);
            if (!user.matches()) {
                throw new InvalidSpecException(
                        "'" + text + "' is not a user of a container", "write its number, or UID:GID");
            }
            int uid = Integer.parseInt(user.group(1));
            if (uid == 0) {
                throw new InvalidSpecException("PostgreSQL refuses to run as root", "name another user");
            }
            return new Owner(uid, user.group(2) == null ? uid : Integer.parseInt(user.group(2)));
        });
    }
}
