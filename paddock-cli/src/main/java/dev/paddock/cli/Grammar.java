package dev.paddock.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Builds the commands' grammars, in code rather than by annotations: reading those takes longer than starting a server. The
 * label of a parameter also tells shell completion what to offer for it.
 */
final class Grammar {
    static final String SERVER = "NAME[/NODE]";
    static final String SNAPSHOT = "SNAPSHOT";
    static final String DATABASE = "DATABASE";
    static final String PATH = "PATH";
    static final String DIR = "DIR";
    static final String FILE = "FILE";
    static final String DEBUG = "--debug";
    static final String HELP = "--help";
    static final String JSON = "--json";

    private final CommandSpec spec;

    private Grammar(CommandSpec spec) {
        this.spec = spec;
    }

    /** @param synopsis how it is written, without the leading {@code paddock} */
    static Grammar of(String name, String synopsis, String summary) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.interpolateVariables(false);
        spec.parser()
                .expandAtFiles(false)
                .unmatchedOptionsAllowedAsOptionParameters(false)
                .toggleBooleanFlags(false);
        spec.usageMessage()
                .customSynopsis("paddock " + synopsis)
                .description(summary)
                .sortOptions(false)
                .width(100);
        return new Grammar(spec);
    }

    Grammar flag(String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build());
        return this;
    }

    Grammar flag(String shortName, String name, String description) {
        spec.addOption(OptionSpec.builder(shortName, name)
                .type(boolean.class)
                .description(description)
                .build());
        return this;
    }

    Grammar value(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
        return this;
    }

    /** An option that can be given more than once, each time with {@code arity} values. */
    Grammar values(String name, String arity, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity(arity)
                .paramLabel(label)
                .description(description)
                .build());
        return this;
    }

    /** @param arity how many there may be: {@code 1}, {@code 0..1}, {@code 1..*}; more are wrong usage */
    Grammar operands(String arity, String label, String description) {
        String most = arity.substring(arity.lastIndexOf('.') + 1);
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .index(most.equals("*") ? "0..*" : "0.." + (Integer.parseInt(most) - 1))
                .arity(arity)
                .required(!arity.startsWith("0"))
                .paramLabel(label)
                .description(description)
                .build());
        return this;
    }

    /** Completed by what every command takes. */
    CommandSpec build() {
        flag(DEBUG, "Show where a failure comes from.");
        flag("-h", HELP, "Show this help.");
        return spec;
    }
}
