package dev.paddock.embedded;

import dev.paddock.embedded.installation.Installation;
import dev.paddock.embedded.storage.Session;
import dev.paddock.embedded.supervision.Space;
import dev.paddock.home.Account;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Programs, where PostgreSQL's account can run them. As root that account is another one, and what lies in root's home is out of
 * its reach: a private space shows it elsewhere; without one it is copied, once, to where everybody may read.
 */
record Reach(PaddockHome home, Account account) {
    String bin(Installation installation, Session session) {
        Path bin = installation.bin();
        if (account.canReach(bin)) {
            return bin.toString();
        }
        Path root = root(bin);
        return reach(root, session) + "/" + root.relativize(bin);
    }

    /**
     * The same for initdb, which asks a shell for the version of its postgres, in double quotes, by the name that its own folder has.
     */
    String binOfInitdb(Installation installation, Session session) {
        String bin = bin(installation, session);
        if (!isChangedByShells(bin)) {
            return bin;
        }
        if (session.supervisor().space() == Space.SHARED) {
            throw new PaddockException(
                    "initdb can't be run from " + bin + ", since a shell finds quotes, $ or \\ in that name",
                    "set PADDOCK_HOME to a folder with another name; where namespaces are allowed any will do");
        }
        Path root = root(installation.bin());
        return reach(root, session) + "/" + root.relativize(installation.bin());
    }

    private static boolean isChangedByShells(String path) {
        return path.chars().anyMatch(each -> "\"$`\\".indexOf(each) >= 0);
    }

    /** Settings that name folders of the cache, with the names that PostgreSQL's account has for those. */
    Map<String, String> settings(Map<String, String> settings, Session session) {
        Map<String, String> reachable = new LinkedHashMap<>(settings);
        String cache = home.cache() + "/extensions/";
        reachable.replaceAll((name, value) -> {
            int start = value.indexOf(cache);
            if (start < 0) {
                return value;
            }
            int end = value.indexOf('/', start + cache.length());
            String folder = value.substring(start, end);
            // That others may pass through the cache doesn't say that they may get to all that is in it.
            return account.canReach(Path.of(folder)) ? value : value.replace(folder, reach(Path.of(folder), session));
        });
        return reachable;
    }

    private String reach(Path folder, Session session) {
        String name = "of-cache-" + Integer.toHexString((folder + "\n" + made(folder)).hashCode());
        return session.supervisor().space() == Space.PRIVATE
                ? session.supervisor().reach(folder, name)
                : new PublicCopy(home, account, folder, name).path().toString();
    }

    /** When it was made: a name stands for the files that were there then, and not for those of a later one in the same place. */
    private static long made(Path folder) {
        for (String part : new String[] {"bin", "share"}) {
            try {
                return Files.getLastModifiedTime(folder.resolve(part)).toMillis();
            } catch (IOException noSuchPart) {
                // Then another tells.
            }
        }
        return 0;
    }

    /** The folder that holds all of an installation: in the cache the one below its kind's, elsewhere the one above the programs' own. */
    private Path root(Path bin) {
        return bin.startsWith(home.cache())
                ? home.cache().resolve(home.cache().relativize(bin).subpath(0, 2))
                : bin.resolve("..").normalize();
    }
}
