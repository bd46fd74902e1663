package dev.paddock.junit;

import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.model.InvalidSpecException;
import dev.paddock.model.PaddockException;
import dev.paddock.model.Vocabulary;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * A parameter or a field that wants something.
 *
 * @param description what people call it
 */
record Place(Class<?> type, String description) {

    static Place of(Parameter parameter) {
        Executable method = parameter.getDeclaringExecutable();
        String name = parameter.isNamePresent() ? " '" + parameter.getName() + "'" : "";
        return new Place(
                parameter.getType(),
                "parameter" + name + " of " + method.getDeclaringClass().getSimpleName() + "." + simple(method));
    }

    static Place of(Field field) {
        return new Place(field.getType(), "field " + field.getDeclaringClass().getSimpleName() + "." + field.getName());
    }

    private static String simple(Executable method) {
        String name = method.getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** What is put here. */
    Object fill(Request request, Scope scope) {
        requireFitting(request);
        Holding holding = scope.get(request);
        if (type == DataSource.class) {
            return holding.database().dataSource();
        }
        if (type == Connection.class) {
            return scope.connect(holding);
        }
        return type == Database.class ? holding.database() : holding.server().orElseThrow();
    }

    private void requireFitting(Request request) {
        if (type == PostgresServer.class) {
            if (request.sharing() != Request.Sharing.OWN_SERVER) {
                throw new InvalidSpecException(
                        "the server of a database is handed out only to who has it alone",
                        "write @TestDatabase(server = true) or @TestServer");
            }
        } else if (type != DataSource.class && type != Connection.class && type != Database.class) {
            throw new InvalidSpecException(
                    "a database can't be a " + type.getName(),
                    "use javax.sql.DataSource, java.sql.Connection, dev.paddock.database.Database or, of a server of its own,"
                            + " dev.paddock.PostgresServer");
        }
    }

    /** @throws ExtensionConfigurationException if nothing can be put into the field */
    static void set(Field field, @Nullable Object instance, Object value) {
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (ReflectiveOperationException | RuntimeException failure) {
            throw new ExtensionConfigurationException(
                    "nothing can be put into the " + of(field).description() + ": " + failure, failure);
        }
    }

    static void requireAssignable(Field field) {
        if (Modifier.isFinal(field.getModifiers())) {
            throw new InvalidSpecException("nothing can be put into a final field", "leave out final");
        }
    }

    /** What went wrong here, in one message. */
    String complaint(PaddockException failure) {
        return description + ": " + failure.getMessage()
                + failure.hint(Vocabulary.JUNIT)
                        .map(hint -> "\n  hint: " + hint)
                        .orElse("");
    }
}
