package dev.paddock.evidence;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import org.jspecify.annotations.Nullable;

/** Meta data that belongs to an observed connection: asked for it, it gives that one and not the one behind. */
final class ObservedMetaData extends Observed {
    private final Connection connection;

    private ObservedMetaData(DatabaseMetaData metaData, Connection connection) {
        super(metaData);
        this.connection = connection;
    }

    static @Nullable DatabaseMetaData of(@Nullable DatabaseMetaData metaData, Connection connection) {
        return metaData == null
                ? null
                : new ObservedMetaData(metaData, connection).proxy(DatabaseMetaData.class, DatabaseMetaData.class);
    }

    @Override
    @Nullable
    Object answer(Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        return method.getName().equals("getConnection") ? connection : passOn(method, arguments);
    }
}
