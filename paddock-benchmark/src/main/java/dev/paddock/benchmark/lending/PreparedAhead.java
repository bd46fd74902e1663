package dev.paddock.benchmark.lending;

import java.util.function.Supplier;

/**
 * The same, but prepared and dropped in the background: IntegreSQL's way, with its pool's sizes, without what its HTTP costs.
 *
 * @param ready how many databases are kept ready
 */
record PreparedAhead(Supplier<TemplateServer> server, int ready) implements Lending {

    @Override
    public String name() {
        return "integresql_like";
    }

    @Override
    public Lender open(Content content) {
        TemplateServer opened = server.get();
        return new PreparingLender(opened, opened.template(content), ready);
    }
}
