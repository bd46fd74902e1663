package dev.paddock.junit;

import dev.paddock.model.InvalidSpecException;
import dev.paddock.template.Layer;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.support.AnnotationSupport;

/** What an annotation asks for. Equal ones within a test mean the same database. */
record Request(String name, Sharing sharing, Content content) {

    /** How much of its surroundings a database shares with others. */
    enum Sharing {
        /** Nobody else uses the database. */
        OWN_DATABASE,
        /** Nobody else uses its server. */
        OWN_SERVER,
        /** All who only read use it. */
        READ_ONLY
    }

    /** What is to be in the database. */
    record Content(
            List<String> migrations,
            List<String> scripts,
            List<Class<? extends Layer>> layers,
            String postgres,
            String image,
            String snapshot,
            List<String> settings,
            List<String> extensions) {}

    static boolean isOn(AnnotatedElement element) {
        return AnnotationSupport.isAnnotated(element, TestDatabase.class)
                || AnnotationSupport.isAnnotated(element, TestServer.class);
    }

    /** @throws InvalidSpecException if the element has annotations that contradict each other, or none */
    static Request on(AnnotatedElement element) {
        return of(
                AnnotationSupport.findAnnotation(element, TestDatabase.class),
                AnnotationSupport.findAnnotation(element, TestServer.class));
    }

    static Request of(Optional<TestDatabase> database, Optional<TestServer> server) {
        if (database.isPresent() == server.isPresent()) {
            throw new InvalidSpecException("@TestDatabase and @TestServer can't be together", "leave one of them out");
        }
        return database.map(Request::of).orElseGet(() -> of(server.orElseThrow()));
    }

    private static Request of(TestDatabase asked) {
        if (asked.server() && asked.readOnly()) {
            throw new InvalidSpecException(
                    "a database is either read-only, and shared, or has a server to itself",
                    "leave out readOnly or server");
        }
        Sharing sharing = asked.server() ? Sharing.OWN_SERVER : Sharing.OWN_DATABASE;
        return new Request(
                asked.name(),
                asked.readOnly() ? Sharing.READ_ONLY : sharing,
                new Content(
                        List.of(asked.migrations()),
                        List.of(asked.scripts()),
                        List.of(asked.layers()),
                        asked.postgres(),
                        asked.image(),
                        asked.snapshot(),
                        List.of(asked.settings()),
                        List.of(asked.extensions())));
    }

    private static Request of(TestServer asked) {
        return new Request(
                asked.name(),
                Sharing.OWN_SERVER,
                new Content(
                        List.of(asked.migrations()),
                        List.of(asked.scripts()),
                        List.of(asked.layers()),
                        asked.postgres(),
                        asked.image(),
                        asked.snapshot(),
                        List.of(asked.settings()),
                        List.of(asked.extensions())));
    }
}
