package dev.paddock.cli;

import dev.paddock.Paddock;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.registry.ServerRecord;
import java.util.List;
import java.util.Optional;

/** The server whose databases are meant. */
final class DatabaseServer {
    private static final String ON = "--on";

    private DatabaseServer() {}

    static Grammar addTo(Grammar grammar) {
        return grammar.value(
                ON,
                Grammar.SERVER,
                "The server (default: within paddock run, and after url --as env, that one; else the only one that is"
                        + " running).");
    }

    /** @throws PaddockException if there is none, or it isn't clear which */
    static Access find(Arguments given, Session session) {
        return find(given.value(ON), session);
    }

    /** @param words of which one may be the option, with its value behind it */
    static Access find(List<String> words, Session session) {
        int option = words.lastIndexOf(ON);
        boolean named = option >= 0 && option + 1 < words.size();
        return find(named ? Optional.of(words.get(option + 1)) : Optional.empty(), session);
    }

    private static Access find(Optional<String> name, Session session) {
        Optional<Access> around = name.isPresent() ? Optional.empty() : Access.in(System.getenv());
        if (around.isPresent()) {
            return around.get();
        }
        try (Paddock paddock = session.open()) {
            return Access.to(name.isPresent() ? ServerName.parse(name.get()).find(paddock) : only(paddock));
        }
    }

    private static ServerRecord only(Paddock paddock) {
        List<ServerRecord> running = paddock.registry().list();
        if (running.size() == 1) {
            return running.get(0);
        }
        if (running.isEmpty()) {
            throw new InvalidSpecException("no server is running to have databases", "start one with: paddock up");
        }
        throw new InvalidSpecException(
                running.size() + " servers are running", "name one with --on, see what runs with: paddock ls");
    }
}
