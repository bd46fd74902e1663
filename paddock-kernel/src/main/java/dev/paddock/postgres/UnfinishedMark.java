package dev.paddock.postgres;

import dev.paddock.home.UntrustedFile;
import dev.paddock.home.WholeFile;
import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * Says that the data in a folder of the user's isn't yet what its first spec says, init scripts included; after a failure it is made anew. It has a
 * random word in it, and so has a file in the data, so that data which was put there from a backup is never taken for what wasn't completed.
 *
 * @param folder that the data directory is in
 */
public record UnfinishedMark(Path folder) {
    /** Its name, beside the data. */
    public static final String FILE = "unfinished";

    /** The name of the file in the data with the same word. */
    public static final String COUNTERPART = "paddock." + FILE;

    private static final int LONGEST = 100;

    private Path file() {
        return folder.resolve(FILE);
    }

    private static Path counterpart(Path data) {
        return data.resolve(COUNTERPART);
    }

    /** How clients connect is noted when all is done: where that is known, the mark was only not removed any more. */
    boolean isSet() {
        return Files.exists(file(), LinkOption.NOFOLLOW_LINKS) && !Files.exists(folder.resolve(KeptConnection.FILE));
    }

    /** What both files say of data that no other has it in. */
    public static String newWord() {
        return "of the data with the word " + Long.toHexString(new SecureRandom().nextLong()) + "\n";
    }

    /** For data that is about to be moved to its place. */
    void set(Path data) throws IOException {
        String word = newWord();
        Files.writeString(counterpart(data), word, StandardOpenOption.CREATE_NEW);
        WholeFile.keep(file(), word);
    }

    /** @throws PaddockException if it is set, but not for this data */
    void requireOf(Path data) {
        if (isSet() && Files.exists(data, LinkOption.NOFOLLOW_LINKS) && !isOf(data)) {
            throw new PaddockException(
                    file() + " tells of data that was never made complete, but not of the data beside it",
                    "remove that file if the data is to be gone on with; name another folder otherwise");
        }
    }

    private boolean isOf(Path data) {
        try {
            return WholeFile.read(file()).equals(UntrustedFile.read(counterpart(data), LONGEST));
        } catch (IOException oneIsNoFile) {
            return false;
        }
    }

    /** All is done. */
    void clear(Path data) throws IOException {
        Files.deleteIfExists(file());
        Files.deleteIfExists(counterpart(data));
        // After a power cut it must not be there again: the data would be made anew, whatever came to be in it.
        WholeFile.sync(folder);
    }
}
