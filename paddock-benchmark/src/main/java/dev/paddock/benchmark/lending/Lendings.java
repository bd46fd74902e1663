package dev.paddock.benchmark.lending;

import dev.paddock.Paddock;
import dev.paddock.lease.LeaseSettings;
import dev.paddock.model.ConnectionInfo;
import dev.paddock.model.PaddockException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The subjects, in the order of their turns, and the server that two of them share. For one thread. */
public final class Lendings implements AutoCloseable {
    /** IntegreSQL's default for the largest of its pools. */
    private static final int READY = 4 * Runtime.getRuntime().availableProcessors();

    private final Lending own = PaddockLending.embedded(LeaseSettings.DEFAULT);
    private final Lending zonky = new ZonkyLending();
    private @Nullable Paddock paddock;
    private @Nullable TemplateServer server;

    public List<Lending> all() {
        return List.of(own, createDatabase(), new PreparedAhead(this::server, READY), zonky);
    }

    /** Those that can do with gigabytes: zonky would copy six of them to a disk before its first answer. */
    public List<Lending> large() {
        return List.of(own, new PreparedAhead(this::server, 1));
    }

    /** Those that do nothing before they are asked. */
    public List<Lending> notAhead() {
        return List.of(PaddockLending.embedded(LeaseSettings.DEFAULT.withAhead(false)), createDatabase());
    }

    private Lending createDatabase() {
        return new CreateDatabase(this::server);
    }

    /** Where {@code create_database} finds its template in another JVM, as long as this object is open. */
    public ConnectionInfo standing(Content content) {
        server().template(content);
        return server().connection();
    }

    private TemplateServer server() {
        TemplateServer existing = server;
        if (existing == null) {
            Paddock opened = Paddock.embedded();
            paddock = opened;
            existing = TemplateServer.start(opened);
            server = existing;
        }
        return existing;
    }

    /**
     * One of them alone, as a program that uses it would have it.
     *
     * @param standing the server of {@code create_database}
     */
    public static Lending alone(String name, Optional<ConnectionInfo> standing) {
        return switch (name) {
            case "paddock" -> PaddockLending.embedded(LeaseSettings.DEFAULT);
            case "zonky" -> new ZonkyLending();
            case "create_database" -> {
                TemplateServer there = TemplateServer.at(standing.orElseThrow());
                yield new CreateDatabase(() -> there);
            }
            default -> throw new PaddockException("'" + name + "' is not a subject");
        };
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (paddock != null) {
            paddock.close();
        }
    }
}
