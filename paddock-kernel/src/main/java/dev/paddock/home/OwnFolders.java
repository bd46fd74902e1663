package dev.paddock.home;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Folders that hold what this process runs and believes. So nobody else may be able to write to them, nor to put others in their place: each
 * folder above must belong to this account or to root, and be closed to others, or be one like {@code /tmp}, in which everybody keeps what is his.
 */
public final class OwnFolders {
    private static final int OTHERS_WRITE = 0002;
    private static final int GROUP_WRITES = 0020;
    private static final int STICKY = 01000;
    private static final int KIND = 0170000;
    private static final int LINK = 0120000;
    private static final int MOST_LINKS = 40;
    /** Whom the kernel shows as the owner where the real one has no number in this container. */
    private static final int UNKNOWN = 65534;

    private final int self;
    private final String whole;
    private final String otherwise;

    private OwnFolders(int self, String whole, String otherwise) {
        this.self = self;
        this.whole = whole;
        this.otherwise = otherwise;
    }

    /** Makes a folder and those above it, as far as they are missing, for this account alone, whatever the umask is. */
    public static void make(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.isDirectory(folder)) {
            return;
        }
        if (parent != null) {
            make(parent);
        }
        try {
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        } catch (java.nio.file.FileAlreadyExistsException madeMeanwhile) {
            if (!Files.isDirectory(folder)) {
                throw madeMeanwhile;
            }
        }
    }

    /**
     * @param folder exists, or is to be made below the nearest one that does
     * @throws PaddockException if somebody else could change what is in it
     */
    public static void require(Path folder) {
        require(folder, "-R ", "set PADDOCK_HOME to a folder of your own");
    }

    /**
     * The same for a folder that the user has named for data, in which a server has files of its own.
     *
     * @throws PaddockException if somebody else could change what is in it
     */
    public static void requireForData(Path folder) {
        require(folder.toAbsolutePath().normalize(), "", "name a folder of your own");
    }

    /** Whether what this account makes in a folder stays where it is, as in its own folders and in one like {@code /tmp}. */
    public static boolean keepApart(Path folder) {
        try {
            require(folder.toAbsolutePath().normalize().resolve("." + UUID.randomUUID()));
            return true;
        } catch (PaddockException refused) {
            return false;
        }
    }

    /** Whether nobody but this account and root could have put a file where it is, by whatever links, or could change it. */
    public static boolean isOwn(Path file) {
        try {
            return Account.self() >= 0 && changesByOthers(file).isEmpty();
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    /**
     * What tells whether others have changed a file, or exchanged it or a folder or link on the way there, also if they have undone that: the kernel
     * notes the moment of each change, and nobody can set it back.
     *
     * @return the same as long as nothing has changed; empty where nobody else can change anything
     */
    public static String changesByOthers(Path file) throws IOException {
        int self = Account.self();
        if (self < 0) {
            return "";
        }
        OwnFolders judge = new OwnFolders(self, "", "");
        StringBuilder moments = new StringBuilder();
        for (Path way : List.of(file.toAbsolutePath(), file.toRealPath())) {
            for (Path each = way; each != null; each = each.getParent()) {
                Map<String, Object> facts =
                        Files.readAttributes(each, "unix:uid,mode,ino,ctime", LinkOption.NOFOLLOW_LINKS);
                int mode = number(facts, "mode");
                boolean link = (mode & KIND) == LINK;
                // The mode of a link says nothing.
                if (judge.isOthers(each, number(facts, "uid"), link)
                        || (!link && isOpen(each, mode, each.equals(way)))) {
                    moments.append(each)
                            .append(' ')
                            .append(facts.get("ino"))
                            .append(' ')
                            .append(facts.get("ctime"))
                            .append('\n');
                }
            }
        }
        return moments.toString();
    }

    private static void require(Path folder, String whole, String otherwise) {
        int self = Account.self();
        if (self >= 0) {
            try {
                new OwnFolders(self, whole, otherwise).require(folder, folder, 0);
            } catch (IOException failure) {
                throw new PaddockException("can't look at " + folder + ": " + failure.getMessage(), otherwise, failure);
            }
        }
    }

    /** @param path to {@code folder}, or to where links on the way there lead */
    private void require(Path folder, Path path, int links) throws IOException {
        for (int depth = 0; depth <= path.getNameCount(); depth++) {
            Path each = depth == 0 ? path.getRoot() : path.getRoot().resolve(path.subpath(0, depth));
            boolean last = depth == path.getNameCount();
            Map<String, Object> facts;
            try {
                facts = Files.readAttributes(each, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException notYet) {
                return;
            }
            int mode = number(facts, "mode");
            int owner = number(facts, "uid");
            boolean link = (mode & KIND) == LINK;
            if (isOthers(each, owner, link) || (owner != self && last && !link)) {
                throw refusal(
                        folder,
                        each,
                        "belongs to " + who(each, owner),
                        "chown " + (last ? whole : "") + self + " " + each);
            }
            if (link) {
                if (links == MOST_LINKS) {
                    throw new IOException("too many links");
                }
                Path target = each.resolveSibling(Files.readSymbolicLink(each));
                require(folder, (last ? target : target.resolve(each.relativize(path))).normalize(), links + 1);
                return;
            }
            if (isOpen(each, mode, last)) {
                throw refusal(
                        folder, each, "may be written to by others", "chmod " + (last ? whole : "") + "go-w " + each);
            }
        }
    }

    private boolean isOthers(Path path, int owner, boolean link) throws IOException {
        return owner != self && !isTrusted(owner) && (link || !isGiven(path, owner));
    }

    /** Whether others can write to it; to one like {@code /tmp} above it they may, for they can't exchange what isn't theirs there. */
    private static boolean isOpen(Path path, int mode, boolean last) throws IOException {
        boolean open = (mode & OTHERS_WRITE) != 0 || ((mode & GROUP_WRITES) != 0 && !isOwnGroup(path));
        return open && (last || (mode & STICKY) == 0);
    }

    private static int number(Map<String, Object> facts, String name) {
        return Objects.requireNonNull((Integer) facts.get(name), name);
    }

    /**
     * Whether whoever runs this container put a folder into it: root's, and of an owner who is no account here. So a CI system gives a job
     * its home.
     */
    private boolean isGiven(Path folder, int owner) throws IOException {
        return self == 0 && isContainer() && isNobodys(folder, owner);
    }

    /** Root can do everything anyway; so can whoever stands outside of a container, and has no number in it. */
    private boolean isTrusted(int owner) throws IOException {
        if (owner == 0) {
            return true;
        }
        if (owner != UNKNOWN) {
            return false;
        }
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/uid_map"), StandardCharsets.ISO_8859_1)) {
                String[] range = line.strip().split("\\s+");
                long first = Long.parseLong(range[0]);
                if (first <= UNKNOWN && UNKNOWN < first + Long.parseLong(range[2])) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException notLinux) {
            return false;
        }
    }

    /** By the marks that Docker and Podman make where root alone can. */
    private static boolean isContainer() {
        return Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv"));
    }

    /** Whether the system knows no name for an owner, wherever it keeps its accounts. */
    private static boolean isNobodys(Path folder, int owner) throws IOException {
        return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(Integer.toString(owner));
    }

    /** Many systems give each user a group of the same name, with nobody else in it, and let that write. */
    private static boolean isOwnGroup(Path folder) throws IOException {
        Map<String, Object> names = Files.readAttributes(folder, "posix:owner,group", LinkOption.NOFOLLOW_LINKS);
        return String.valueOf(names.get("owner")).equals(String.valueOf(names.get("group")));
    }

    private static String who(Path folder, int owner) {
        try {
            return "the user "
                    + Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "the user " + owner;
        }
    }

    private PaddockException refusal(Path folder, Path at, String why, String remedy) {
        return new PaddockException(
                "Paddock does not keep anything in " + folder + ": " + at + " " + why
                        + ", who could exchange the programs and the data there",
                "change that with '" + remedy + "', or " + otherwise);
    }
}
