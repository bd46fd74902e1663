package dev.paddock.lease;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LoggingListener implements LeaseListener {
    private final Logger log = LoggerFactory.getLogger(DatabasePool.class);

    @Override
    public void connectionsLeft(String holder, List<Leak> leaks) {
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
        log.info("{} changed its server, which is replaced: {}", holder, String.join(", ", what));
    }
}
