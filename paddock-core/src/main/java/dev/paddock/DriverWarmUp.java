package dev.paddock;

import java.util.Properties;

/** Loads the JDBC driver while the first server starts: in a fresh JVM that takes longer than the server does. */
final class DriverWarmUp {
    private DriverWarmUp() {}

    static void begin() {
        Thread thread = new Thread(DriverWarmUp::load, "paddock-driver-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load() {
        try {
            Properties nobodyListens = new Properties();
            nobodyListens.setProperty("user", "nobody");
            nobodyListens.setProperty("loginTimeout", "1");
            java.sql.DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/none?sslmode=disable", nobodyListens)
                    .close();
        } catch (java.sql.SQLException | RuntimeException expected) {
            // Getting as far as the socket has loaded what the first connection needs.
        }
    }
}
