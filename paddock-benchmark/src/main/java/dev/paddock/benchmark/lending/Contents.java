package dev.paddock.benchmark.lending;

import dev.paddock.model.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What templates are made of. */
public final class Contents {
    private static final int TABLES = 36;
    private static final int ROWS = 750;
    /** Each row of it fills a page of 8 kB. */
    private static final int PAGES_OF_GIGABYTE = 122_000;

    private static final String TABLES_THERE =
            "(SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                    // A tool's own, where one carries migrations out.
                    + " AND relname <> 'flyway_schema_history')";
    private static final String MARK = "CREATE TABLE mark AS SELECT now() AS made";
    private static final List<String> MIGRATIONS =
            List.of("V1__customers.sql", "V2__products.sql", "V3__orders.sql", "V4__order_totals.sql", "V5__stock.sql");

    private Contents() {}

    /** Nothing at all. */
    public static Content empty() {
        return new Content("empty", List.of(), Optional.empty(), "SELECT " + TABLES_THERE, "0", List.of(MARK), true);
    }

    /** 36 tables with rows, an index beside the primary key, and references: 17 MB. */
    public static Content tables() {
        List<String> statements = new ArrayList<>();
        for (int table = 1; table <= TABLES; table++) {
            String name = "item_" + table;
            String parent = table == 1 ? "" : " REFERENCES item_" + (table - 1);
            statements.add("CREATE TABLE " + name + " (id integer PRIMARY KEY, parent integer" + parent
                    + ", name text NOT NULL, made timestamptz NOT NULL DEFAULT '2026-01-01', filling text NOT NULL)");
            statements.add("INSERT INTO " + name + " (id, parent, name, filling) SELECT n, n, 'item ' || n,"
                    + " repeat(md5(n::text), 4) FROM generate_series(1, " + ROWS + ") AS n");
            statements.add("CREATE INDEX ON " + name + " (name)");
        }
        return new Content(
                "36 tables, 17 MB",
                statements,
                Optional.empty(),
                // Of the rows those of one table, as a test that is about that one.
                "SELECT " + TABLES_THERE + " || ' ' || (SELECT count(*) FROM item_" + TABLES + ")",
                TABLES + " " + ROWS,
                List.of(MARK, "INSERT INTO item_" + TABLES + " VALUES (0, NULL, 'mine', now(), '')"),
                true);
    }

    /** A gigabyte in one large table, and a small one to write to. */
    public static Content gigabyte() {
        return new Content(
                "1 GB",
                List.of(
                        "CREATE TABLE ballast (id integer PRIMARY KEY, filling text STORAGE PLAIN)",
                        "INSERT INTO ballast SELECT n, repeat('x', 8000) FROM generate_series(1, " + PAGES_OF_GIGABYTE
                                + ") AS n",
                        "CREATE TABLE item (id integer PRIMARY KEY)",
                        "INSERT INTO item VALUES (1)"),
                Optional.empty(),
                "SELECT " + TABLES_THERE
                        + " || ' ' || pg_relation_size('ballast') / 8192 || ' ' || (SELECT count(*) FROM"
                        + " item) || ' ' || (SELECT length(filling) FROM ballast WHERE id = " + PAGES_OF_GIGABYTE + ")",
                "2 " + PAGES_OF_GIGABYTE + " 1 8000",
                List.of(MARK, "INSERT INTO item VALUES (2)"),
                true);
    }

    /** A small shop, from migrations named as Flyway wants them. */
    public static Content shop() {
        return new Content(
                "migrations",
                MIGRATIONS.stream().map(Contents::read).toList(),
                Optional.of("classpath:dev/paddock/benchmark/lending/migrations"),
                "SELECT " + TABLES_THERE + " || ' ' || (SELECT count(*) FROM orders) || ' ' || (SELECT sum(stock) FROM"
                        + " product)",
                "4 0 50000",
                List.of("INSERT INTO customer (email, name) VALUES ('ada@example.org', 'Ada')"),
                true);
    }

    private static String read(String name) {
        try (InputStream file = Contents.class.getResourceAsStream("migrations/" + name)) {
            if (file == null) {
                throw new PaddockException("the migration " + name + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
