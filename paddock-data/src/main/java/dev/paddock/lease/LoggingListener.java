package dev.paddock.lease;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for its logger when there is something to say: to find one costs a fresh JVM more than a database. */
final class LoggingListener implements LeaseListener {

    @Override
    public void connectionsLeft(String holder, List<Leak> leaks) {
        Logger log = log();
        for (Leak leak : leaks) {
            if (leak.opened().isPresent()) {
                log.warn(
                        "{} left a connection open, which was opened here:",
                        holder,
                        leak.opened().get());
            } else {
                log.warn("{} left a connection open: {}", holder, leak.client());
            }
        }
    }

    @Override
    public void serverChanged(String holder, List<String> what) {
        log().info("{} changed its server, which is replaced: {}", holder, String.join(", ", what));
    }

    private static Logger log() {
        return LoggerFactory.getLogger(DatabasePool.class);
    }
}
