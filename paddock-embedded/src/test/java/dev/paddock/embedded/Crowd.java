package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.PostgresServer;
import dev.paddock.home.PaddockHome;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.model.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A program that starts many servers where root's have few account numbers, and tells what it has seen. Arguments: home, how many, a folder for
 * data.
 */
final class Crowd {
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
    private static final int NUMBERS = 510;
    private static final int FIRST = 60_515;

    private Crowd() {}

    public static void main(String[] arguments) throws Exception {
        PaddockHome home = PaddockHome.under(Path.of(arguments[0]));
        try (Paddock paddock = Paddock.open("embedded", home, Progress.NONE);
                Paddock another = Paddock.open("embedded", home, Progress.NONE)) {
            List<PostgresServer> servers = new ArrayList<>();
            try {
                Set<Integer> accounts = new TreeSet<>();
                for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                    if (i > 0) {
                        makeTheNextProcessLike(accounts.iterator().next(), i);
                    }
                    servers.add((i % 2 == 0 ? paddock : another).start(ServerSpec.create()));
                    accounts.add(Intruder.accountOf(servers.get(i)));
                }
                System.out.println("accounts " + accounts.size() + " from "
                        + accounts.iterator().next() / 1000);
                servers.remove(0).close();
                long alive = 0;
                for (PostgresServer each : servers) {
                    alive += each.isAlive() && Intruder.ask(each, "SELECT 42").equals("42") ? 1 : 0;
                }
                System.out.println("alive " + alive);
            } finally {
                servers.forEach(PostgresServer::close);
            }
            shareANumber(paddock, another, Path.of(arguments[2]));
        }
    }

    /** So that the number of the process above a server says the same as that of the first one's, if it is as many numbers later. */
    private static void makeTheNextProcessLike(int account, int round) throws IOException {
        int like = account - FIRST + NUMBERS * (1 + round % 50);
        if (Files.isWritable(LAST_PID)) {
            Files.writeString(LAST_PID, Integer.toString(like - 1 - round % 6));
        }
    }

    private static void shareANumber(Paddock paddock, Paddock another, Path folder) throws Exception {
        ServerSpec one = ServerSpec.create().withStorage(new Storage.OnDisk(folder.resolve("one")));
        ServerSpec other = ServerSpec.create().withStorage(new Storage.OnDisk(folder.resolve("other")));
        paddock.start(one).close();
        paddock.start(other).close();
        Intruder.run(
                "chown",
                "-R",
                "--reference=" + folder.resolve("one/data"),
                folder.resolve("other/data").toString());
        try (PostgresServer server = paddock.start(one)) {
            try (PostgresServer second = another.start(other)) {
                System.out.println("both run as " + Intruder.accountOf(second));
            } catch (PaddockException refused) {
                System.out.println("refused " + refused.getMessage());
            }
            System.out.println("the first answers " + Intruder.ask(server, "SELECT 42"));
        }
        try (PostgresServer server = another.start(other)) {
            System.out.println("the second answers " + Intruder.ask(server, "SELECT 42"));
        }
    }
}
