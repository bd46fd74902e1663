package dev.paddock.embedded.installation;

import java.time.Duration;
import org.awaitility.Awaitility;

/** What is still written to a temporary folder in the background, and would be in the way of who removes that. */
final class Sealing {
    private Sealing() {}

    static void awaitEnd() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("paddock-seal")));
    }
}
