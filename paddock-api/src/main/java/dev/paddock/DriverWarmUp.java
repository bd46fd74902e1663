package dev.paddock;

import dev.paddock.evidence.StatementLog;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads what the first server and the first connection will need while others still look for files and wait for processes: in a
 * fresh JVM the JDBC driver takes longer to load than a server to start, and so does Java's own SHA-256.
 */
final class DriverWarmUp {
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Returns at once; the second time it does nothing. */
    void begin() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(DriverWarmUp::load, "paddock-driver-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void load() {
        try {
            // First what is needed first.
            MessageDigest.getInstance("SHA-256");
            Properties nobodyListens = new Properties();
            nobodyListens.setProperty("user", "nobody");
            nobodyListens.setProperty("loginTimeout", "1");
            DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/none?sslmode=disable", nobodyListens)
                    .close();
        } catch (GeneralSecurityException | SQLException | RuntimeException expected) {
            // Getting as far as the socket has loaded what the first connection needs.
        }
        StatementLog.warmUp();
    }
}
