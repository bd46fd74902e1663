package dev.paddock.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files of the user's own that a server is configured with. They are read when the server is started, so they need no particular owner or
 * mode: the server gets copies with those that PostgreSQL insists on.
 *
 * @param settings parts of a {@code postgresql.conf}: above Paddock's settings, below those that the spec names one by one
 * @param access parts of a {@code pg_hba.conf}: asked before Paddock's own rule, that every connection needs its password
 * @param tls what the server proves with who it is; without it connections aren't encrypted
 */
public record OwnFiles(List<Path> settings, List<Path> access, Optional<Tls> tls) {
    public static final OwnFiles NONE = new OwnFiles(List.of(), List.of(), Optional.empty());

    /** Whether there is nothing in it. */
    public boolean isNone() {
        return settings.isEmpty() && access.isEmpty() && tls.isEmpty();
    }

    public OwnFiles {
        settings = List.copyOf(settings);
        access = List.copyOf(access);
    }

    /**
     * A certificate and its key, in PEM.
     *
     * @param certificate the server's, followed by those between it and the authority, if there are any
     * @param key of the certificate, without a passphrase
     * @param authority whose certificates clients may log in with, where {@code access} says {@code cert}
     */
    public record Tls(Path certificate, Path key, Optional<Path> authority) {}

    public OwnFiles withSettings(List<Path> newSettings) {
        return new OwnFiles(newSettings, access, tls);
    }

    public OwnFiles withAccess(List<Path> newAccess) {
        return new OwnFiles(settings, newAccess, tls);
    }

    public OwnFiles withTls(Tls newTls) {
        return new OwnFiles(settings, access, Optional.of(newTls));
    }
}
