package dev.paddock.junit;

import dev.paddock.engine.Engines;
import dev.paddock.failure.FailureSettings;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ServerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What holds for all tests of a run.
 *
 * @param engine where servers are, if that is said
 * @param defaults what annotations ask for where they say nothing
 */
record RunSettings(Optional<String> engine, LeaseSettings leases, FailureSettings evidence, Defaults defaults) {

    record Defaults(
            List<String> migrations,
            List<String> scripts,
            List<String> extensions,
            Optional<String> postgres,
            Optional<String> image) {}

    /**
     * @param parameters JUnit's configuration parameters
     * @param project the folder that the tests are run in
     * @throws dev.paddock.model.InvalidSpecException if a value can't be meant, naming the setting
     */
    static RunSettings read(Function<String, Optional<String>> parameters, Path project) {
        Function<String, Setting> setting = key -> Setting.of("paddock." + key, parameters);
        LeaseSettings lease = LeaseSettings.DEFAULT;
        boolean evidence = setting.apply("evidence").onOff(true);
        int statements = setting.apply("evidence.statements").number(lease.statements(), 0);
        return new RunSettings(
                setting.apply("engine").value(),
                lease.withMost(setting.apply("databases.max").number(lease.most(), 1))
                        .withPatience(setting.apply("databases.patience").duration(lease.patience()))
                        .withAhead(setting.apply("databases.ahead").onOff(lease.ahead()))
                        .withStatements(evidence ? statements : 0),
                new FailureSettings(
                        evidence,
                        setting.apply("evidence.keep").number(FailureSettings.KEEP, 0),
                        setting.apply("evidence.keep-for").duration(FailureSettings.KEEP_FOR),
                        setting.apply("evidence.folder")
                                .value()
                                .map(project::resolve)
                                .orElseGet(() -> FailureSettings.usualFolder(project))),
                new Defaults(
                        setting.apply("migrations").list(),
                        setting.apply("scripts").list(),
                        setting.apply("extensions").list(),
                        setting.apply("postgres").value(),
                        setting.apply("image").value()));
    }

    String engine(ServerSpec server) {
        return Engines.choose(engine, server.container().image());
    }
}
