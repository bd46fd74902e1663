package dev.paddock.home;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A file in a folder of the cache which says that all of the folder is on the disk, and how its files looked then. Until it says so, a lock
 * tells whether the process that makes the folder lives. As long as it does the files are what it wrote; afterwards nobody knows what a power cut
 * has left of them.
 */
public final class Seal {
    private static final String FILE = "seal";
    private static final String LOCK = "making";
    private static final String MAKER = "made by ";
    private static final String CLOSED = "sealed 2 ";

    private final Path folder;
    private final Path file;

    private Seal(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(FILE);
    }

    public static Seal of(Path folder) {
        return new Seal(folder);
    }

    /** Whether a file in a sealed folder is the seal's own, also one that is just being written or about to go. */
    public static boolean isPart(Path entry) {
        String name = entry.getFileName().toString();
        return name.equals(FILE) || name.equals(LOCK) || WholeFile.isDraft(entry);
    }

    /**
     * What of a folder never changes.
     *
     * @param parts names in it
     * @param unopened folders below those whose files are known by other names too, so that nobody has to look at each
     * @param summed whether to note checksums, for files that have none elsewhere
     */
    public record Extent(List<String> parts, List<String> unopened, boolean summed) {
        public Extent {
            parts = List.copyOf(parts);
            unopened = List.copyOf(unopened);
        }
    }

    /** To be said of a draft: this process is making it. Closed when it is sealed, or given up; or by the kernel if this process dies. */
    public Making open() throws IOException {
        Files.writeString(file, maker());
        Making making = new Making(folder.resolve(LOCK));
        if (making.lock() == null) {
            making.close();
            throw new IOException("can't lock " + folder.resolve(LOCK));
        }
        return making;
    }

    /** With the device: on a copy of the disk the same files aren't what this process has written. */
    private String maker() throws IOException {
        boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
        return MAKER + ProcessStamp.ofSelf() + " on device " + (unix ? Files.getAttribute(folder, "unix:dev") : "");
    }

    /** The sign of life of whoever makes a folder: a lock, which is seen by processes of other containers too. */
    public static final class Making implements AutoCloseable {
        private final FileChannel channel;

        private Making(Path file) throws IOException {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }

        private @Nullable FileLock lock() throws IOException {
            return channel.tryLock();
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException nothingToSave) {
                // The file has no content.
            }
        }
    }

    /** Has all of it written to the disk, and says so then. */
    public void close(Extent extent) throws IOException {
        byte[] listing = Listing.of(folder, extent.parts(), extent.unopened());
        ByteArrayOutputStream content = new ByteArrayOutputStream(2 * listing.length);
        // With the listing's length, so that a look finds its end without a search.
        String head = CLOSED
                + listing.length
                + '\n'
                + String.join("\t", extent.parts())
                + '\n'
                + String.join("\t", extent.unopened())
                + '\n';
        content.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        content.writeBytes(listing);
        content.writeBytes("\n".getBytes(StandardCharsets.UTF_8));
        if (extent.summed()) {
            content.writeBytes(
                    Checksums.of(folder, Listing.read(ByteBuffer.wrap(listing))).getBytes(StandardCharsets.UTF_8));
        }
        FileSystemSync.of(folder);
        // A wrong letter in it would make the files seem wrong.
        new CheckedFile(file).keep(content.toByteArray());
        Files.deleteIfExists(folder.resolve(LOCK));
    }

    /** Whether it was said that all of it is on the disk. */
    public boolean isClosed() {
        return read().isPresent();
    }

    /** Whether all files look as they did, or the process that made them lives. */
    public boolean isSound() {
        Optional<Content> content = read();
        try {
            if (content.isEmpty()) {
                return isMakerAlive();
            }
            Extent extent = content.get().extent();
            return ByteBuffer.wrap(Listing.of(folder, extent.parts(), extent.unopened()))
                    .equals(content.get().listing());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private boolean isMakerAlive() throws IOException {
        // Byte for character: what a closed one says needn't be text.
        String note = new String(WholeFile.bytes(file), StandardCharsets.ISO_8859_1);
        // Asking for a lock of one's own, and closing that, would give it up.
        if (note.equals(maker())) {
            return true;
        }
        if (!note.startsWith(MAKER)) {
            // It was closed a moment ago.
            return isClosed() && isSound();
        }
        if (!Files.isRegularFile(folder.resolve(LOCK))) {
            return false;
        }
        try (Making trial = new Making(folder.resolve(LOCK))) {
            return trial.lock() == null;
        }
    }

    /**
     * What is wrong with the files, if it was said once that they are on the disk. Where only their times have changed, as in a copy of
     * the cache, their content decides; and if that is as it was, the seal is renewed.
     *
     * @param isAsItWas whether the file of this name has its content
     * @param mayGrow whether files that were added are no damage
     */
    public Optional<String> damage(Predicate<String> isAsItWas, boolean mayGrow) {
        Optional<Content> content = read();
        if (content.isEmpty()) {
            return Optional.of("it was never completed");
        }
        try {
            Extent extent = content.get().extent();
            Map<String, Listing.Entry> then = Listing.read(content.get().listing());
            Map<String, Listing.Entry> now =
                    Listing.read(ByteBuffer.wrap(Listing.of(folder, extent.parts(), extent.unopened())));
            Optional<String> difference = Listing.difference(then, now);
            if (difference.isPresent()) {
                return difference;
            }
            for (Map.Entry<String, Listing.Entry> each : now.entrySet()) {
                String name = each.getKey();
                Listing.Entry before = then.get(name);
                if (before == null && !mayGrow) {
                    return Optional.of(name + " was put there");
                }
                if (before != null
                        && before.isFile()
                        && !each.getValue().isUntouchedSince(before)
                        && !isAsItWas.test(name)) {
                    return Optional.of(name + " has another content than it was made with");
                }
            }
            renew(extent);
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(unreadable.toString());
        }
    }

    /** The same, of files whose checksums the seal has. */
    public Optional<String> damage() {
        Map<String, String> sums = read().map(content -> Checksums.read(
                        StandardCharsets.UTF_8.decode(content.sums()).toString()))
                .orElse(Map.of());
        return damage(name -> Checksums.of(folder.resolve(name)).equals(sums.get(name)), true);
    }

    private void renew(Extent extent) {
        try {
            close(extent);
        } catch (IOException nextTimeAgain) {
            // The files are right; only the look at them will take longer again.
        }
    }

    private record Content(Extent extent, ByteBuffer listing, ByteBuffer sums) {}

    /** Empty where it isn't that of a folder that is on the disk. */
    private Optional<Content> read() {
        return new CheckedFile(file).bytes().flatMap(Seal::content);
    }

    private static Optional<Content> content(byte[] all) {
        int parts = next(all, 0);
        String first = new String(all, 0, parts, StandardCharsets.ISO_8859_1);
        if (!first.startsWith(CLOSED)) {
            return Optional.empty();
        }
        int unopened = next(all, parts);
        int listing = next(all, unopened);
        int length = Integer.parseInt(first.substring(CLOSED.length()).strip());
        int sums = listing + length + 1;
        return Optional.of(new Content(
                new Extent(words(all, parts, unopened), words(all, unopened, listing), sums < all.length),
                ByteBuffer.wrap(all, listing, length).slice(),
                ByteBuffer.wrap(all, sums, all.length - sums).slice()));
    }

    /** Where the line after the one at {@code start} begins. */
    private static int next(byte[] all, int start) {
        int at = start;
        while (at < all.length && all[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, all.length);
    }

    private static List<String> words(byte[] all, int start, int next) {
        String line = new String(all, start, Math.max(0, next - 1 - start), StandardCharsets.UTF_8);
        return line.isEmpty() ? List.of() : List.of(line.split("\t"));
    }
}
