package dev.paddock.embedded;

import dev.paddock.Paddock;
import dev.paddock.home.PaddockHome;
import dev.paddock.lease.DatabasePool;
import dev.paddock.lease.Lease;
import dev.paddock.model.Progress;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that builds a template, tells so in a file, and uses databases made from it: a number of them, or until it is killed. */
final class Borrower {
    private Borrower() {}

    /** Arguments: home, key of the template, file to tell builds in, number of databases. */
    public static void main(String[] arguments) throws Exception {
        Path built = Path.of(arguments[2]);
        TemplateSpec template = TemplateSpec.of(ServerSpec.create()).with(Layer.code(arguments[1], database -> {
            tell(built);
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t AS SELECT n FROM generate_series(1, 10000) AS n");
            }
        }));
        try (Paddock paddock = Paddock.open("embedded", PaddockHome.under(Path.of(arguments[0])), Progress.NONE)) {
            System.out.println("open");
            DatabasePool pool = paddock.databases(template);
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                try (Lease lease = pool.lease("borrower");
                        Connection connection = lease.database().dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    if (statement.executeUpdate("DELETE FROM t") != 10000) {
                        throw new IllegalStateException("the database is not like its template");
                    }
                }
                System.out.println("used");
            }
        }
    }

    private static void tell(Path built) {
        try {
            Files.writeString(built, "built\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    static Process start(Path home, Path temp, String key, Path built, int databases) throws java.io.IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Borrower.class.getName(),
                home.toString(),
                key,
                built.toString(),
                Integer.toString(databases)));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TMPDIR", temp.toString());
        builder.environment().put("PADDOCK_STORAGE", "overlay");
        return builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(temp.resolve("output").toFile()))
                .start();
    }

    static int await(Process borrower) throws InterruptedException {
        if (!borrower.waitFor(2, TimeUnit.MINUTES)) {
            borrower.destroyForcibly();
        }
        return borrower.waitFor();
    }
}
