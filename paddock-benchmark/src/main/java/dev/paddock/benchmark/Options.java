package dev.paddock.benchmark;

import dev.paddock.model.InvalidSpecException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the command line asks a benchmark for.
 *
 * @param runs how often what is quick is measured; if absent what each measurement finds right; what is slow is never
 *     measured more often than that
 * @param quick a fifth of that
 * @param only the one metric to measure, if not all
 * @param json where to write the results
 */
record Options(OptionalInt runs, boolean quick, Optional<String> only, Optional<Path> json) {
    private static final int QUICKER = 5;

    static final String USAGE = """
            usage: ./benchmark server   [--json FILE] [--runs N] [--quick] [--only METRIC]
                   ./benchmark database [--json FILE] [--runs N] [--quick] [--only METRIC]
                   ./benchmark docker   [--json FILE] [--runs N] [--quick] [--only METRIC]
                   ./benchmark cli      [--json FILE] [--runs N] [--quick]
                   ./benchmark chart RESULTS.json... CHART.svg

            metrics of server:   start_to_first_query close start_20 start_100 pss_per_server
                                 private_bytes_per_server first_of_jvm alive_at_once clone_5gb
            metrics of database: acquire acquire_to_first_query release databases_per_second suite_500
                                 second_run_ready; with _8 behind them those of eight threads, with
                                 _empty or _1gb of other templates than the one of 36 tables and 17 MB
            metrics of docker:   docker_start_to_first_query docker_close docker_pooled_start docker_acquire
                                 docker_acquire_to_first_query docker_snapshot_1gb_start
            """;

    /** @param arguments those after the name of the benchmark */
    static Options parse(Iterable<String> arguments) {
        Options options = new Options(OptionalInt.empty(), false, Optional.empty(), Optional.empty());
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (option.equals("--quick")) {
                options = new Options(options.runs, true, options.only, options.json);
                continue;
            }
            if (!option.matches("--(runs|only|json)") || !rest.hasNext()) {
                throw new InvalidSpecException("'" + option + "' is not an option, or has no value", USAGE.strip());
            }
            String value = rest.next();
            options = switch (option) {
                case "--runs" -> new Options(OptionalInt.of(count(value)), options.quick, options.only, options.json);
                case "--only" -> new Options(options.runs, options.quick, Optional.of(value), options.json);
                default -> new Options(options.runs, options.quick, options.only, Optional.of(Path.of(value)));
            };
        }
        return options;
    }

    private static int count(String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new InvalidSpecException("'" + value + "' is not a number of runs", "write it as --runs 30");
        }
        return Integer.parseInt(value);
    }

    int runs(int usual) {
        return runs.orElse(quick ? Math.max(1, usual / QUICKER) : usual);
    }
}
