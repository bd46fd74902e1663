package dev.paddock.cli;

import dev.paddock.home.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;

/** What can become of a file. */
enum Damage {
    EMPTIED {
        @Override
        void befall(Path file, Random random) throws IOException {
            Files.write(file, new byte[0]);
        }
    },
    ZEROED {
        @Override
        void befall(Path file, Random random) throws IOException {
            Files.write(file, new byte[(int) Files.size(file)]);
        }
    },
    GARBLED {
        @Override
        void befall(Path file, Random random) throws IOException {
            byte[] garbage = new byte[(int) Math.max(8, Files.size(file))];
            random.nextBytes(garbage);
            Files.write(file, garbage);
        }
    },
    HALVED {
        @Override
        void befall(Path file, Random random) throws IOException {
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        }
    },
    REMOVED {
        @Override
        void befall(Path file, Random random) throws IOException {
            Files.delete(file);
        }
    },
    A_FOLDER {
        @Override
        void befall(Path file, Random random) throws IOException {
            Files.delete(file);
            Files.createDirectory(file);
            Files.writeString(file.resolve("in-the-way"), "x");
        }
    },
    A_LINK {
        @Override
        void befall(Path file, Random random) throws IOException {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/etc/passwd"));
        }
    },
    /** Whoever opens it waits for somebody at its other end. */
    A_PIPE {
        @Override
        void befall(Path file, Random random) throws IOException {
            Files.delete(file);
            try {
                new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IOException(stop);
            }
        }
    },
    UNREADABLE {
        @Override
        void befall(Path file, Random random) throws IOException {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        }
    },
    /** As when the time that it had is put back, which damage by chance doesn't do, but a copy of the cache may. */
    SHORTENED_IN_SILENCE {
        @Override
        void befall(Path file, Random random) throws IOException {
            FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, Math.max(0, whole.length - 1)));
            Files.setLastModifiedTime(file, time);
        }
    };

    abstract void befall(Path file, Random random) throws IOException;

    /** Puts the file of another home in the place of whatever is there. */
    static void undo(Path file, Path whole) throws IOException {
        Folders.delete(file);
        Files.copy(whole, file, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
}
