package dev.paddock.benchmark.lending;

import java.util.function.Supplier;

/** CREATE DATABASE when a test begins, DROP DATABASE when it ends: pgtestdb's way. */
record CreateDatabase(Supplier<TemplateServer> server) implements Lending {

    @Override
    public String name() {
        return "create_database";
    }

    @Override
    public Lender open(Content content) {
        TemplateServer opened = server.get();
        String template = opened.template(content);
        return new Lender() {
            @Override
            public Borrowed borrow() {
                return opened.create(template);
            }

            @Override
            public void close() {
                // The server goes on for others.
            }
        };
    }
}
