package dev.paddock.benchmark.lending;

import dev.paddock.model.ConnectionInfo;
import java.util.function.Supplier;

/** CREATE DATABASE when a test begins, DROP DATABASE when it ends: pgtestdb's way. */
record CreateDatabase(Supplier<TemplateServer> server) implements Lending {

    @Override
    public String name() {
        return "create_database";
    }

    @Override
    public Lender open(Content content) {
        // The server goes on for others.
        return lender(server.get(), content, () -> {});
    }

    /**
     * The same in a server of somebody else's.
     *
     * @param end what closing the lender does besides
     */
    public static Lender in(ConnectionInfo server, Content content, Runnable end) {
        TemplateServer opened = TemplateServer.at(server);
        return lender(opened, content, () -> {
            opened.close();
            end.run();
        });
    }

    private static Lender lender(TemplateServer server, Content content, Runnable end) {
        String template = server.template(content);
        return new Lender() {
            @Override
            public Borrowed borrow() {
                return server.create(template);
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }
}
