package dev.paddock.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The account numbers that root's servers have, so that the kernel keeps them apart, and apart from every user of the machine.
 * A number needs no entry in any list to be one.
 *
 * @param first of those for servers that begin with a snapshot: it is added to the number of a process, which nobody else has
 * @param count of them
 * @param lasting how many follow those, for folders whose data stays
 * @param group that all of them have: what belongs to it is a snapshot's, which each may read and change its clone of
 */
public record ServerAccounts(int first, int count, int lasting, int group) {
    /** Linux counts no processes beyond it. */
    private static final int PROCESSES = 1 << 22;

    /** No distribution and no directory of users gives these away; the last is for containers that have few numbers, and those for few processes. */
    private static final List<ServerAccounts> CHOICES = List.of(
            beginning(2_100_000_000, PROCESSES, 1 << 24),
            beginning(2_122_000_000, PROCESSES, 1 << 24),
            beginning(1_900_000_000, PROCESSES, 1 << 24),
            beginning(60_514, 510, 156));

    private static ServerAccounts beginning(int group, int count, int lasting) {
        return new ServerAccounts(group + 1, count, lasting, group);
    }

    /** The first choice that the machine has, and that none of its users has. */
    public static ServerAccounts ofMachine() {
        List<long[]> users = ranges("/proc/self/uid_map", "\\s+", 0, 2);
        List<long[]> groups = ranges("/proc/self/gid_map", "\\s+", 0, 2);
        List<long[]> taken = new ArrayList<>(ranges("/etc/passwd", ":", 2, -1));
        taken.addAll(ranges("/etc/subuid", ":", 1, 2));
        for (ServerAccounts choice : CHOICES) {
            if (choice.isIn(users)
                    && choice.isIn(groups)
                    && taken.stream().noneMatch(range -> range[0] < choice.end() && choice.group < range[1])) {
                return choice;
            }
        }
        return CHOICES.get(0);
    }

    /** Each is a user and a group. */
    private boolean isIn(List<long[]> mapped) {
        return mapped.isEmpty() || mapped.stream().anyMatch(range -> range[0] <= group && end() <= range[1]);
    }

    /** From the number in one field of each line on, as many as another field says, or one. */
    private static List<long[]> ranges(String file, String separator, int first, int count) {
        List<long[]> ranges = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.strip().split(separator);
                try {
                    long begin = Long.parseLong(fields[first]);
                    ranges.add(new long[] {begin, begin + (count < 0 ? 1 : Long.parseLong(fields[count]))});
                } catch (NumberFormatException | ArrayIndexOutOfBoundsException noRange) {
                    // A comment, or an entry of another list that is to be read too.
                }
            }
        } catch (IOException noneHere) {
            return List.of();
        }
        return ranges;
    }

    private long end() {
        return (long) first + count + lasting;
    }

    /** Whether there are fewer than processes, so that the number of a process gives none that nobody else has. */
    public boolean areScarce() {
        return count < PROCESSES;
    }

    /** One for a folder whose data is to stay; where there are few, one under which nothing runs now, as long as there is one. */
    public int newLasting() {
        SecureRandom random = new SecureRandom();
        int number = first + count + random.nextInt(lasting);
        for (int tries = 1; areScarce() && tries < 10 * lasting && isRunning(number); tries++) {
            number = first + count + random.nextInt(lasting);
        }
        return number;
    }

    private static boolean isRunning(int number) {
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return (int) Files.getAttribute(Path.of("/proc", Long.toString(process.pid())), "unix:uid") == number;
            } catch (IOException ended) {
                return false;
            }
        });
    }

    /** Whether a number is one server's alone. */
    public static boolean isOfServer(int number) {
        return CHOICES.stream().anyMatch(choice -> choice.first <= number && number < choice.end());
    }

    /**
     * The number of the process that a server's account was made of: while that lives, or another that got its number, the account may be a
     * server's at work. Empty where that can't be told.
     */
    public static OptionalLong maker(int number) {
        return CHOICES.stream()
                .filter(choice -> choice.count == PROCESSES)
                .filter(choice -> choice.first <= number && number < choice.first + choice.count)
                .mapToLong(choice -> number - choice.first)
                .findFirst();
    }

    /** Whether a number is that of a folder's server, also of one that was filled when the machine had other users. */
    public static boolean isLasting(int number) {
        return CHOICES.stream().anyMatch(choice -> choice.first + choice.count <= number && number < choice.end());
    }
}
