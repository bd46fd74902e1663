package dev.paddock.docker;

import dev.paddock.model.ContainerSpec;
import dev.paddock.model.ServerSpec;
import dev.paddock.template.Layer;
import dev.paddock.template.TemplateSpec;
import java.sql.Connection;
import java.sql.Statement;

/** A template that is too large to be unpacked into memory; built once for all tests that start from it. */
final class Large {
    static final String IMAGE = "paddock/postgres:18";
    static final String ROWS = "70000";
    static final TemplateSpec TEMPLATE = TemplateSpec.of(
                    ServerSpec.create().withContainer(ContainerSpec.DEFAULT.withImage(IMAGE)))
            .with(Layer.code("large 1", database -> {
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE much AS SELECT n, repeat(md5(n::text), 20) AS filling"
                            + " FROM generate_series(1, " + ROWS + ") AS n");
                }
            }));

    private Large() {}
}
