package dev.paddock.embedded.storage;

import dev.paddock.embedded.supervision.SessionFolders;
import dev.paddock.embedded.supervision.Space;
import dev.paddock.embedded.supervision.SpaceRefusedException;
import dev.paddock.embedded.supervision.Supervisor;
import dev.paddock.engine.Diagnosis.Finding;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out by trying which clone methods this machine allows. */
public final class StorageCheck {
    private StorageCheck() {}

    /** One finding per method, the best first, and one for what will be used. */
    public static List<Finding> run(PaddockHome home, Account account) {
        List<Finding> findings = new ArrayList<>();
        findings.add(overlay(home, account));
        Optional<String> noReflink = Session.reflinkRefusal(home, account);
        findings.add(new Finding(
                "storage.reflink",
                noReflink.isEmpty(),
                noReflink.orElse("the cache's file system shares blocks between files")));
        findings.add(copy(home, account));
        findings.add(used(findings));
        findings.add(new Finding(
                "memory.limit",
                findings.get(0).available(),
                findings.get(0).available()
                        ? "--memory is enforced by the kernel"
                        : "--memory is enforced with overlay storage only"));
        return findings;
    }

    private static Finding used(List<Finding> methods) {
        Optional<String> forced = CloneMethod.forced().map(method -> method + ", forced by PADDOCK_STORAGE");
        Optional<String> best = methods.stream()
                .filter(Finding::available)
                .findFirst()
                .map(method -> method.capability().substring("storage.".length()));
        return new Finding(
                "storage.used",
                forced.isPresent() || best.isPresent(),
                forced.or(() -> best).orElse("there is no way to clone here"));
    }

    private static Finding copy(PaddockHome home, Account account) {
        try {
            return new Finding("storage.copy", true, "copies in " + Session.memory(home, account));
        } catch (PaddockException nowhere) {
            return Finding.missing("storage.copy", nowhere);
        }
    }

    private static Finding overlay(PaddockHome home, Account account) {
        try (Supervisor supervisor = Supervisor.start(home, account, Space.PRIVATE, SessionFolders.inPrivateSpace())) {
            return new Finding(
                    "storage.overlay",
                    true,
                    supervisor.space() == Space.PRIVATE && account.own()
                            ? "in user namespaces, without root"
                            : "in mount namespaces, as root");
        } catch (SpaceRefusedException refused) {
            return new Finding(
                    "storage.overlay",
                    false,
                    refused.getMessage()
                            + "; it needs unshare and setpriv of util-linux 2.38 or newer, and a kernel that lets this user make"
                            + " namespaces (in a container: --security-opt seccomp=unconfined, or a profile that allows unshare"
                            + " and mount)");
        }
    }
}
