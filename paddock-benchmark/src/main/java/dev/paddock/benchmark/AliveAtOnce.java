package dev.paddock.benchmark;

import dev.paddock.benchmark.footprint.Footprint;
import dev.paddock.benchmark.report.Recorder;
import dev.paddock.benchmark.report.Unit;
import dev.paddock.benchmark.subject.Subject;
import dev.paddock.benchmark.subject.Subjects;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How many servers live at once before their memory and private storage together pass 8 GB; no more than {@value #MOST} are
 * tried.
 *
 * @param all whether to give those a turn that take minutes for it
 */
record AliveAtOnce(boolean all) implements Measurement<Subjects> {
    private static final String METRIC = "alive_at_once";
    private static final long BUDGET = 8L << 30;
    private static final int MOST = 600;
    private static final int STEP = 25;
    private static final int STARTING_AT_ONCE = 4;

    @Override
    public Set<String> metrics() {
        return Set.of(METRIC);
    }

    @Override
    public void run(Subjects subjects, Turns turns, Recorder recorder) {
        List<Subject> chosen = subjects.all().stream()
                .filter(each -> all || each.name().equals("paddock"))
                .toList();
        turns.take(METRIC, chosen, 0, 1, recorder, subject -> turn(subject, turns, recorder));
    }

    private static void turn(Subject subject, Turns turns, Recorder recorder) {
        try (Fleet fleet = new Fleet(subject)) {
            int fitting = 0;
            long taken = 0;
            while (fitting < MOST) {
                fleet.add(STEP, STARTING_AT_ONCE);
                long now = Footprint.of(fleet.ports(), subject.helpers()).total();
                if (now > BUDGET) {
                    break;
                }
                taken = now;
                fitting = fleet.size();
            }
            turns.note(String.format(
                    Locale.ROOT, "  %d of %s take %s", fitting, subject.name(), Unit.BYTES.format((double) taken)));
            recorder.add(METRIC, subject.name(), Unit.COUNT, fitting);
        }
    }
}
