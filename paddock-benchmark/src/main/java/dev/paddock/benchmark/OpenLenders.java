package dev.paddock.benchmark;

import dev.paddock.benchmark.lending.Content;
import dev.paddock.benchmark.lending.Lender;
import dev.paddock.benchmark.lending.Lending;
import dev.paddock.benchmark.subject.Named;
import java.util.ArrayList;
import java.util.List;

/** Lenders of the same content, each of a subject, open at the same time. Closes them. For one thread. */
final class OpenLenders implements AutoCloseable {
    private final List<Opened> all = new ArrayList<>();

    private OpenLenders() {}

    /** One that is open. */
    record Opened(String name, Lender lender) implements Named {
        boolean isOwn() {
            return name.equals("paddock");
        }
    }

    /** Those that can't be opened are told of, and missing. */
    static OpenLenders of(Content content, List<Lending> subjects, Turns turns) {
        OpenLenders opened = new OpenLenders();
        for (Lending subject : subjects) {
            turns.attempt(
                    subject.name() + " with " + content.label(),
                    () -> opened.all.add(new Opened(subject.name(), subject.open(content))));
        }
        return opened;
    }

    List<Opened> all() {
        return List.copyOf(all);
    }

    List<Opened> own() {
        return all.stream().filter(Opened::isOwn).toList();
    }

    @Override
    public void close() {
        all.forEach(each -> each.lender().close());
    }
}
