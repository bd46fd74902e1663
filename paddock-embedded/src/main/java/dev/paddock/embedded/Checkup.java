package dev.paddock.embedded;

import dev.paddock.embedded.installation.CachedTrees;
import dev.paddock.embedded.installation.Installations;
import dev.paddock.embedded.storage.StorageCheck;
import dev.paddock.embedded.supervision.Privileges;
import dev.paddock.engine.Diagnosis;
import dev.paddock.engine.Diagnosis.Finding;
import dev.paddock.engine.EngineServer;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.PostgresSource;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the embedded engine can do on this machine.
 *
 * @param start starts a server
 */
record Checkup(
        PaddockHome home,
        Account account,
        Installations installations,
        CachedTrees trees,
        Function<ServerSpec, EngineServer> start) {

    Diagnosis run() {
        // Before a start mends what it needs.
        Finding cache = cache();
        List<Finding> findings = new ArrayList<>(List.of(server()));
        findings.addAll(StorageCheck.run(home, account));
        findings.add(who());
        findings.add(found("postgres.default", new PostgresSource.Release(PostgresSource.NEWEST, OptionalInt.empty())));
        findings.add(found("postgres.system", new PostgresSource.SystemInstallation()));
        findings.add(cache);
        findings.add(new Finding("services", false, "PostgreSQL runs alone; services beside it need --engine docker"));
        findings.add(new Finding("storage.volume", false, "volumes are a container engine's"));
        findings.add(new Finding("adopt", false, "clones of data that was there before need --engine docker"));
        findings.add(new Finding("containers", false, "images, limits, mounts and networks are of containers"));
        return new Diagnosis(EmbeddedEngine.NAME, findings);
    }

    /** Tried, since so much can be in the way that no list of conditions has all of it. */
    private Finding server() {
        try (EngineServer server = start.apply(ServerSpec.create())) {
            return new Finding(
                    Diagnosis.SERVER, true, "PostgreSQL " + server.version() + " was started, and has answered");
        } catch (PaddockException refused) {
            return Finding.missing(Diagnosis.SERVER, refused);
        }
    }

    private Finding who() {
        if (account.own()) {
            return new Finding("account", true, "PostgreSQL runs as " + account.name() + ", number " + account.uid());
        }
        try {
            Privileges.ofSelf().requireToRunAsAnother();
            return new Finding(
                    "account",
                    true,
                    "each server runs under an account number of its own, since PostgreSQL refuses to run as root");
        } catch (PaddockException refused) {
            return Finding.missing("account", refused);
        }
    }

    private Finding cache() {
        Map<Path, String> damaged = trees.damaged();
        return damaged.isEmpty()
                ? new Finding("cache.programs", true, "all files are as they were made")
                : new Finding(
                        "cache.programs",
                        false,
                        damaged.entrySet().stream()
                                        .map(each -> each.getKey() + " is damaged: " + each.getValue())
                                        .collect(Collectors.joining("; "))
                                + "; it is made again when it is needed, and paddock doctor --repair removes it now");
    }

    private Finding found(String capability, PostgresSource source) {
        try {
            var installation = installations.find(source, Progress.NONE);
            return new Finding(capability, true, installation.version() + " in " + installation.bin());
        } catch (PaddockException missing) {
            return Finding.missing(capability, missing);
        }
    }
}
