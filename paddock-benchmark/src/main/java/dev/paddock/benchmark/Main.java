package dev.paddock.benchmark;

import dev.paddock.benchmark.report.Result;
import dev.paddock.benchmark.report.ResultFile;
import dev.paddock.benchmark.report.ResultTable;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import java.util.ArrayList;
import java.util.List;

/** {@code ./benchmark}: figures that anyone can reproduce against the peers with one command. */
public final class Main {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private Main() {}

    /** Exits with 0, with 1 if anything couldn't be measured, with 2 if it wasn't asked properly. */
    public static void main(String[] arguments) {
        // Threads that a peer left behind must not keep the process.
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        String benchmark = arguments.isEmpty() ? "help" : arguments.get(0);
        List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
        try {
            return switch (benchmark) {
                case "server" -> server(Options.parse(rest));
                case "database" -> database(Options.parse(rest));
                case "docker" -> docker(Options.parse(rest));
                case "cli" -> report(CliBenchmark.run(Options.parse(rest)), Options.parse(rest));
                case "chart" -> chart(rest);
                case FirstOfJvm.COMMAND -> FirstOfJvm.child(rest);
                case "help", "--help", "-h" -> help();
                default -> throw new InvalidSpecException("'" + benchmark + "' is not a benchmark", Options.USAGE);
            };
        } catch (PaddockException failure) {
            System.err.println("benchmark: " + failure.getMessage());
            failure.hint().ifPresent(System.err::println);
            return failure instanceof InvalidSpecException ? USAGE : FAILURE;
        }
    }

    private static int server(Options options) {
        ServerBenchmark benchmark = new ServerBenchmark(options);
        List<Result> results = benchmark.run();
        int exit = report(results, options);
        return benchmark.isComplete() ? exit : FAILURE;
    }

    private static int database(Options options) {
        DatabaseBenchmark benchmark = new DatabaseBenchmark(options);
        List<Result> results = benchmark.run();
        int exit = report(results, options);
        return benchmark.isComplete() ? exit : FAILURE;
    }

    private static int docker(Options options) {
        DockerBenchmark benchmark = new DockerBenchmark(options);
        List<Result> results = benchmark.run();
        int exit = report(results, options);
        return benchmark.isComplete() ? exit : FAILURE;
    }

    private static int report(List<Result> results, Options options) {
        System.out.println(Machine.describe());
        System.out.println();
        System.out.print(ResultTable.of(results));
        options.json().ifPresent(file -> ResultFile.write(file, results));
        return results.isEmpty() ? FAILURE : 0;
    }

    private static int chart(List<String> files) {
        if (files.size() < 2) {
            throw new InvalidSpecException("a chart needs results and a file to be drawn to", Options.USAGE);
        }
        List<Result> results = new ArrayList<>();
        for (String file : files.subList(0, files.size() - 1)) {
            results.addAll(ResultFile.read(java.nio.file.Path.of(file)));
        }
        dev.paddock.benchmark.report.Chart.write(java.nio.file.Path.of(files.get(files.size() - 1)), results);
        return 0;
    }

    private static int help() {
        System.out.print(Options.USAGE);
        return 0;
    }
}
