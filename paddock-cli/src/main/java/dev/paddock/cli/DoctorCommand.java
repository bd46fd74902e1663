package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.cli.terminal.Json;
import dev.paddock.cli.terminal.Style;
import dev.paddock.cli.terminal.Terminal;
import dev.paddock.engine.Diagnosis;
import dev.paddock.engine.Engines;
import dev.paddock.model.Durations;
import dev.paddock.model.PaddockException;
import dev.paddock.snapshot.DamagedSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** What this machine can do and why not what it can't. Fails only where no engine could run a server. */
final class DoctorCommand implements Command {
    private static final String REPAIR = "--repair";
    /** For one that is asked by a socket: whoever listens there may never answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** For one that starts a server: each step of that has an end of its own, and the first unpacks PostgreSQL. */
    private static final Duration TO_TRY = Duration.ofMinutes(5);

    @Override
    public CommandSpec grammar() {
        return Grammar.of(
                        "doctor",
                        "doctor [--repair] [--json]",
                        "Tells what this machine can do, and what would help where it can't.")
                .flag(REPAIR, "Remove from the cache what is damaged and can be made again.")
                .flag(Grammar.JSON, "Print it for programs.")
                .build();
    }

    @Override
    public int run(Arguments given, Session session) {
        List<Diagnosis.Finding> repaired = given.has(REPAIR) ? repair(session) : List.of();
        List<Diagnosis> diagnoses = new ArrayList<>(List.of(machine(session, repaired)));
        List<Diagnosis> engines = engines(session);
        diagnoses.addAll(engines);
        if (given.has(Grammar.JSON)) {
            print(diagnoses, session.terminal());
        } else {
            show(diagnoses, session.terminal());
        }
        return engines.stream().anyMatch(Diagnosis::canRun) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static List<Diagnosis.Finding> repair(Session session) {
        try (Paddock paddock = session.open()) {
            return paddock.engine().repair().stream()
                    .map(done -> new Diagnosis.Finding("repaired", true, done))
                    .toList();
        } catch (PaddockException failure) {
            return List.of(Diagnosis.Finding.missing("repaired", failure));
        }
    }

    /** What is kept there, and is the user's to replace where it is damaged. */
    private static List<Diagnosis.Finding> kept(Session session) {
        List<Diagnosis.Finding> findings = new ArrayList<>();
        try (Paddock paddock = session.open()) {
            List<DamagedSnapshot> snapshots = paddock.snapshots().examine();
            snapshots.forEach(each -> findings.add(Diagnosis.Finding.missing("cache.snapshots", each.failure())));
            if (snapshots.isEmpty()) {
                findings.add(new Diagnosis.Finding("cache.snapshots", true, "all files are as they were made"));
            }
            paddock.registry()
                    .damaged()
                    .forEach(each -> findings.add(Diagnosis.Finding.missing("state.servers", each)));
        } catch (PaddockException failure) {
            findings.add(Diagnosis.Finding.missing("cache.snapshots", failure));
        }
        return findings;
    }

    private static Diagnosis machine(Session session, List<Diagnosis.Finding> repaired) {
        List<Diagnosis.Finding> findings = new ArrayList<>();
        findings.add(new Diagnosis.Finding("paddock", true, Version.OF_PADDOCK));
        findings.add(new Diagnosis.Finding(
                "java",
                true,
                Runtime.version() + " (" + System.getProperty("java.vendor") + ") in "
                        + System.getProperty("java.home")));
        findings.add(new Diagnosis.Finding(
                "system",
                true,
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch")));
        findings.add(place("cache", () -> session.home().cacheFolder("snapshots")));
        findings.add(place("state", () -> session.home().stateFolder("servers")));
        findings.addAll(repaired);
        findings.addAll(kept(session));
        findings.add(psql());
        return new Diagnosis("machine", findings);
    }

    private static Diagnosis.Finding place(String name, Supplier<Path> folderInIt) {
        try {
            Path place = folderInIt.get().resolve("..").normalize();
            return new Diagnosis.Finding(name, true, place.toString());
        } catch (PaddockException failure) {
            return Diagnosis.Finding.missing(name, failure);
        }
    }

    private static Diagnosis.Finding psql() {
        try {
            return new Diagnosis.Finding("psql", true, Psql.find().toString());
        } catch (PaddockException failure) {
            return Diagnosis.Finding.missing("psql", failure);
        }
    }

    /** Of all at the same time, for some have to wait for others' answers. */
    private static List<Diagnosis> engines(Session session) {
        Map<String, CompletableFuture<Diagnosis>> answers = new LinkedHashMap<>();
        for (String name : Engines.names()) {
            CompletableFuture<Diagnosis> answer = new CompletableFuture<>();
            Thread asking = new Thread(() -> answer.complete(engine(name, session)), "paddock-doctor-" + name);
            asking.setDaemon(true);
            asking.start();
            Duration patience = name.equals(SpecOptions.DEFAULT_ENGINE) ? TO_TRY : PATIENCE;
            answers.put(name, answer.completeOnTimeout(silent(name, patience), patience.toSeconds(), TimeUnit.SECONDS));
        }
        List<Diagnosis> diagnoses = new ArrayList<>();
        answers.values().forEach(answer -> diagnoses.add(answer.join()));
        return diagnoses;
    }

    private static Diagnosis engine(String name, Session session) {
        try (Paddock paddock = session.open(name)) {
            return paddock.engine().diagnose();
        } catch (PaddockException failure) {
            return new Diagnosis(name, List.of(Diagnosis.Finding.missing("engine", failure)));
        } catch (RuntimeException bug) {
            // Whoever asks what is wrong is to hear of the other engine too.
            String failure = "fails in a way that nobody foresaw, which is a bug: " + bug;
            return new Diagnosis(name, List.of(new Diagnosis.Finding("engine", false, failure)));
        }
    }

    private static Diagnosis silent(String name, Duration patience) {
        return new Diagnosis(
                name,
                List.of(new Diagnosis.Finding("engine", false, "doesn't answer within " + Durations.show(patience))));
    }

    private static void show(List<Diagnosis> diagnoses, Terminal terminal) {
        for (Diagnosis diagnosis : diagnoses) {
            terminal.print(terminal.onOut(Style.STRONG, diagnosis.engine()));
            for (Diagnosis.Finding finding : diagnosis.findings()) {
                String mark = finding.available() ? terminal.onOut(Style.GOOD, "✓") : terminal.onOut(Style.BAD, "✗");
                terminal.print("  " + mark + " " + finding.capability() + "  "
                        + terminal.onOut(Style.FAINT, finding.detail()));
            }
        }
    }

    private static void print(List<Diagnosis> diagnoses, Terminal terminal) {
        Json.print(terminal, json -> {
            json.writeStartArray();
            for (Diagnosis diagnosis : diagnoses) {
                json.writeStartObject();
                json.writeStringField("engine", diagnosis.engine());
                json.writeArrayFieldStart("findings");
                for (Diagnosis.Finding finding : diagnosis.findings()) {
                    json.writeStartObject();
                    json.writeStringField("capability", finding.capability());
                    json.writeBooleanField("available", finding.available());
                    json.writeStringField("detail", finding.detail());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
