package dev.paddock.benchmark.subject;

import dev.paddock.Paddock;
import dev.paddock.model.PaddockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The subjects of a run, in the order of their turns. Closes them in reverse. For one thread. */
public final class Subjects implements AutoCloseable {
    private final List<Subject> all;

    private Subjects(List<Subject> all) {
        this.all = all;
    }

    /**
     * Paddock, zonky, and a floor made of what Paddock runs.
     *
     * @return to be closed by the caller
     */
    public static Subjects open() {
        PaddockSubject paddock = new PaddockSubject(Paddock.embedded());
        List<Subject> opened = new ArrayList<>(List.of(paddock, new ZonkySubject()));
        try {
            opened.add(FloorSubject.owning(FloorKit.make(paddock.paddock())));
            return new Subjects(opened);
        } catch (RuntimeException failure) {
            new Subjects(opened).close();
            throw failure;
        }
    }

    /**
     * One of them alone, opened as a program that uses it would.
     *
     * @param kit of the floor, made by another process; stays when the subject is closed
     */
    public static Subject alone(String name, Path kit) {
        return switch (name) {
            case "paddock" -> new PaddockSubject(Paddock.embedded());
            case "zonky" -> new ZonkySubject();
            case "floor" -> FloorSubject.borrowing(new FloorKit(kit));
            default ->
                throw new PaddockException(
                        "'" + name + "' is not a subject", "the subjects are paddock, zonky and floor");
        };
    }

    public List<Subject> all() {
        return List.copyOf(all);
    }

    /** Without those that take most of a second for a start. */
    public List<Subject> quick() {
        return all.stream().filter(each -> !(each instanceof ZonkySubject)).toList();
    }

    /** Where {@link #alone} finds what the floor is made of, as long as this object is open. */
    public Path floorKit() {
        return all.stream()
                .filter(FloorSubject.class::isInstance)
                .map(each -> ((FloorSubject) each).kit().folder())
                .findFirst()
                .orElseThrow(() -> new PaddockException("there is no floor in this run"));
    }

    public Paddock paddock() {
        return all.stream()
                .filter(PaddockSubject.class::isInstance)
                .map(each -> ((PaddockSubject) each).paddock())
                .findFirst()
                .orElseThrow(() -> new PaddockException("there is no Paddock in this run"));
    }

    @Override
    public void close() {
        for (int last = all.size() - 1; last >= 0; last--) {
            all.get(last).close();
        }
    }
}
