package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Borrowed;
import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Contents;
import dev.paddock.benchmark.lending.Lender;
import dev.paddock.benchmark.lending.Lendings;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A test run's JVM: takes one database, and prints how long it took. */
final class SecondJvm {
    private SecondJvm() {}

    /** For its standard input, for an argument could be read by others. */
    static String encode(ConnectionInfo standing) {
        return String.join(
                "\n",
                standing.host(),
                Integer.toString(standing.port()),
                standing.user(),
                standing.password().value(),
                standing.database(),
                "");
    }

    public static void main(String[] arguments) {
        Stopwatch watch = Stopwatch.started();
        try {
            System.out.println(measure(arguments[0], watch));
            System.exit(0);
        } catch (IOException | PaddockException failure) {
            System.err.println("benchmark: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static String measure(String subject, Stopwatch watch) throws IOException {
        boolean eachJvmBeginsAnew = subject.equals("zonky");
        Content content = eachJvmBeginsAnew ? Contents.shop() : Contents.shop().mustExist();
        Optional<ConnectionInfo> standing = subject.equals("create_database") ? Optional.of(read()) : Optional.empty();
        try (Lender lender = Lendings.alone(subject, standing).open(content);
                Borrowed database = lender.borrow()) {
            Duration ready = watch.read();
            Duration asked = PacedTests.use(content, database, watch);
            requireBuiltBefore(lender);
            return ready.toNanos() + " " + asked.toNanos();
        }
    }

    /** Whoever doesn't know was given a content that can't be made anew. */
    private static void requireBuiltBefore(Lender lender) {
        Instant begun = ProcessHandle.current().info().startInstant().orElse(Instant.now());
        if (lender.built().filter(built -> built.isAfter(begun)).isPresent()) {
            throw new PaddockException("the migrations ran again, though an earlier JVM had run them");
        }
    }

    private static ConnectionInfo read() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String host = in.readLine();
        int port = Integer.parseInt(in.readLine());
        String user = in.readLine();
        Secret password = new Secret(in.readLine());
        return new ConnectionInfo(host, port, user, password, in.readLine());
    }
}
