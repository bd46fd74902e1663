package dev.paddock.docker.image;

import dev.paddock.model.ByteSize;
import dev.paddock.oci.layer.DataArchive;
import dev.paddock.oci.layer.Owner;
import dev.paddock.snapshot.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes a snapshot another than the one that it came from: little as a rule, however large both are.
 *
 * @param files the names of those that are new or have another content
 * @param gone the names of files and folders that are not there any more
 */
record SnapshotChange(Path data, Set<String> files, Set<String> gone) {
    /** What is more is better sent as it is: it is written to the disk twice on its way. */
    private static final ByteSize MOST = ByteSize.ofMegabytes(64);

    /** Nothing if it is not known, or too much, or can't be said by a layer upon a layer. */
    static Optional<SnapshotChange> between(Snapshot before, Snapshot after) throws IOException {
        Map<String, String> old = before.digests();
        Map<String, String> now = after.digests();
        boolean linked = before.manifest().copies() > 0 || after.manifest().copies() > 0;
        if (old.isEmpty() || now.isEmpty() || linked) {
            return Optional.empty();
        }
        Set<String> files = now.keySet().stream()
                .filter(name -> !Objects.equals(now.get(name), old.get(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> folders = folders(after.data());
        Set<String> goneFolders = folders(before.data());
        goneFolders.removeAll(folders);
        Set<String> gone = new TreeSet<>(goneFolders);
        old.keySet().stream().filter(name -> !now.containsKey(name)).forEach(gone::add);
        gone.removeIf(name -> name.contains("/") && goneFolders.contains(name.substring(0, name.lastIndexOf('/'))));
        boolean replaced = gone.stream().anyMatch(name -> now.containsKey(name) || folders.contains(name));
        if (replaced || size(after.data(), files) > MOST.bytes()) {
            return Optional.empty();
        }
        return Optional.of(new SnapshotChange(after.data(), files, gone));
    }

    private static Set<String> folders(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .map(each -> data.relativize(each).toString().replace('\\', '/'))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static long size(Path data, Set<String> files) throws IOException {
        long size = 0;
        for (String name : files) {
            size += Files.size(data.resolve(name));
        }
        return size;
    }

    void write(String target, Owner owner, OutputStream to) throws IOException {
        DataArchive.writeChange(data, files, gone, target, owner, to);
    }
}
