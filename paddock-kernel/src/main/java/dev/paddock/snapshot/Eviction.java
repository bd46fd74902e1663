package dev.paddock.snapshot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which snapshots go: those without a name that nobody has used for long, and the least recently used ones while all of them are larger than
 * allowed. Never one that was used a moment ago.
 */
record Eviction(Retention retention) {

    List<Snapshot> choose(List<Snapshot> all, Predicate<Snapshot> isNeeded) {
        List<Snapshot> candidates = new ArrayList<>(
                all.stream().filter(each -> each.name().isEmpty()).toList());
        candidates.sort(Comparator.comparing(each -> LastUse.of(each.folder())));
        long total = candidates.stream().mapToLong(Snapshot::stored).sum();
        List<Snapshot> chosen = new ArrayList<>();
        for (Snapshot each : candidates) {
            boolean tooOld = LastUse.of(each.folder()).isBefore(Instant.now().minus(retention.age()));
            boolean tooMuch =
                    total > retention.size().bytes() && each.manifest().kind() != Kind.EMPTY;
            if ((tooOld || tooMuch) && LastUse.isOver(each.folder()) && !isNeeded.test(each)) {
                total -= each.stored();
                chosen.add(each);
            }
        }
        return chosen;
    }
}
