package dev.paddock.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.PostgresServer;
import dev.paddock.database.Database;
import dev.paddock.evidence.Change;
import dev.paddock.evidence.Difference;
import dev.paddock.evidence.DifferenceLimits;
import dev.paddock.evidence.SchemaChange;
import dev.paddock.model.ServerSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a comparison finds in a database that was made like another. */
public abstract class DifferenceContract extends EngineContract {
    private static final String SCHEMA = """
            CREATE SCHEMA "My Shop";
            CREATE TYPE mood AS ENUM ('good', 'bad');
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE TABLE customer (id serial PRIMARY KEY, name text NOT NULL, mood mood, credit numeric(10,2),
                twice numeric GENERATED ALWAYS AS (credit * 2) STORED);
            CREATE TABLE "My Shop"."Order Line" ("Order" int, "No?" int, what text, PRIMARY KEY ("Order", "No?"));
            CREATE TABLE visit (who text, page text);
            CREATE TABLE part (id int GENERATED ALWAYS AS IDENTITY, day date, note text, PRIMARY KEY (id, day))
                PARTITION BY RANGE (day);
            CREATE TABLE part_2026 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE TABLE parent (id int PRIMARY KEY, a text);
            CREATE TABLE child (b text) INHERITS (parent);
            CREATE INDEX customer_name ON customer (name);
            CREATE VIEW names AS SELECT name FROM customer;
            CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT a * 2';
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER stamped BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION stamp();
            CREATE POLICY mine ON visit FOR SELECT USING (who = current_user);
            CREATE SEQUENCE ticket;
            INSERT INTO customer (name, mood, credit) SELECT 'c' || n, 'good', n FROM generate_series(1, 50) n;
            INSERT INTO "My Shop"."Order Line" SELECT n / 5, n % 5, 'w' || n FROM generate_series(1, 20) n;
            INSERT INTO visit VALUES ('ann', '/'), ('ann', '/'), ('bob', NULL);
            INSERT INTO part (day, note) VALUES ('2026-01-01', 'a'), ('2026-02-01', 'b');
            INSERT INTO parent VALUES (1, 'p'); INSERT INTO child VALUES (2, 'q', 'r');
            """;

    private PostgresServer server;
    private Database original;

    @SuppressWarnings("NullAway.Init")
    protected DifferenceContract() {}

    @BeforeAll
    final void makeTheOriginal() throws SQLException {
        server = paddock.start(ServerSpec.create());
        ask(server, "CREATE DATABASE base");
        run(database("base"), SCHEMA);
        original = copy("original");
    }

    @AfterAll
    final void stopServer() {
        server.close();
    }

    private Database database(String name) {
        return Database.of(server.connection().withDatabase(name));
    }

    // Nobody is connected to the base, so that copying it never waits.
    private Database copy(String name) throws SQLException {
        ask(server, "CREATE DATABASE " + name + " TEMPLATE base STRATEGY FILE_COPY");
        return database(name);
    }

    private static void run(Database database, String script) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private Difference after(String name, String script) throws SQLException {
        Database changed = copy(name);
        run(changed, script);
        return Difference.between(original, changed, DifferenceLimits.DEFAULT);
    }

    @Test
    void isEmptyForEqualDatabases() throws Exception {
        Difference difference = after("equal", """
                UPDATE customer SET name = name;
                DELETE FROM visit; INSERT INTO visit VALUES ('bob', NULL), ('ann', '/'), ('ann', '/')""");
        assertThat(difference.isEmpty()).as(difference.text()).isTrue();
        assertThat(difference.notes()).isEmpty();
        assertThat(difference.text()).isEqualTo("No difference.\n");
    }

    @Test
    void tellsRowsByTheirKeys() throws Exception {
        Difference difference = after("rows", """
                INSERT INTO customer (name) VALUES ('new');
                UPDATE customer SET credit = NULL, name = 'it''s' WHERE id = 3;
                DELETE FROM customer WHERE id = 1;
                UPDATE "My Shop"."Order Line" SET what = 'changed' WHERE "Order" = 2 AND "No?" = 4""");
        assertThat(difference.schema()).isEmpty();
        assertThat(difference.text()).isEqualTo("""
                Rows
                  "My Shop"."Order Line": 1 changed
                    ~ "Order"=2, "No?"=4: what 'w14' → 'changed'
                  public.customer: 1 added, 1 changed, 1 removed
                    + id=51, name='new', mood=NULL, credit=NULL, twice=NULL
                    ~ id=3: name 'c3' → 'it''s', credit 3.00 → NULL, twice 6.00 → NULL
                    - id=1, name='c1', mood='good', credit=1.00, twice=2.00

                Sequences
                  ~ public.customer_id_seq: 50 → 51
                """);
    }

    @Test
    void countsRowsWithoutAKey() throws Exception {
        Difference difference = after(
                "keyless", "DELETE FROM visit WHERE who = 'ann'; INSERT INTO visit VALUES ('bob', NULL), ('bob', '')");
        assertThat(difference.tables()).singleElement().satisfies(table -> {
            assertThat(table.added()).isEqualTo(2);
            assertThat(table.changed()).isZero();
            assertThat(table.removed()).isEqualTo(2);
            assertThat(table.rowsBefore()).isEqualTo(3);
        });
        assertThat(difference.text())
                .contains(
                        "+ who='bob', page=NULL\n",
                        "+ who='bob', page=''\n",
                        "- who='ann', page='/'\n    - who='ann', page='/'\n");
    }

    @Test
    void readsPartitionsThroughTheirParentsAndChildrenAlone() throws Exception {
        Difference difference = after(
                "parts",
                "UPDATE part SET note = 'c' WHERE id = 2; INSERT INTO part (day) VALUES ('2026-05-05');"
                        + " UPDATE child SET a = 'changed'");
        assertThat(difference.text())
                .contains("~ id=2, day='2026-02-01': note 'b' → 'c'")
                .contains("public.child: 1 added, 1 removed")
                .contains("~ public.part_id_seq: 2 → 3")
                .doesNotContain("part_2026")
                .doesNotContain("public.parent:");
    }

    @Test
    void tellsWhatBecameOfTheSchema() throws Exception {
        Difference difference = after("schema", """
                CREATE SCHEMA extra;
                CREATE TABLE extra.refund (id int PRIMARY KEY, "of.what" text DEFAULT 'x', CHECK (id > 0));
                DROP TABLE child;
                ALTER TABLE customer ALTER credit DROP NOT NULL, ALTER name DROP NOT NULL, ADD note text, ADD UNIQUE (name);
                ALTER TYPE mood ADD VALUE 'fair';
                ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 100);
                DROP INDEX customer_name;
                CREATE OR REPLACE VIEW names AS SELECT upper(name) AS name FROM customer;
                CREATE OR REPLACE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT a + a';
                ALTER TABLE visit DISABLE TRIGGER stamped, ENABLE ROW LEVEL SECURITY;
                ALTER POLICY mine ON visit USING (true);
                ALTER SEQUENCE ticket INCREMENT 5;
                CREATE MATERIALIZED VIEW summary AS SELECT 1 AS one;
                CREATE PROCEDURE nothing() LANGUAGE sql AS '';
                GRANT SELECT ON customer TO PUBLIC;
                ALTER DATABASE schema SET work_mem = '8MB'""");
        assertThat(difference.notes()).isEmpty();
        assertThat(difference.schema())
                .extracting(each -> each.change().sign() + " " + each.object())
                .containsExactly(
                        "+ schema extra",
                        "~ type public.mood",
                        "- table public.child",
                        "~ table public.visit",
                        "+ table extra.refund",
                        "~ column public.customer.name",
                        "+ column public.customer.note",
                        "+ constraint customer_name_key on public.customer",
                        "+ constraint small on public.positive",
                        "~ sequence public.ticket",
                        "~ view public.names",
                        "+ materialized view public.summary",
                        "- index public.customer_name",
                        "~ function public.twice(a integer)",
                        "+ procedure public.nothing()",
                        "~ trigger stamped on public.visit",
                        "~ policy mine on public.visit",
                        "~ owner and privileges of table public.customer",
                        "+ settings of the database");
        assertThat(difference.text())
                .contains("""
                          + table extra.refund
                                id integer NOT NULL
                                "of.what" text DEFAULT 'x'::text
                                CHECK ((id > 0))
                                PRIMARY KEY (id)
                        """)
                .contains("- AS $function$SELECT a * 2$function$\n      + AS $function$SELECT a + a$function$\n")
                .contains("~ column public.customer.name\n      - text NOT NULL\n      + text\n");
    }

    @Test
    void comparesTheColumnsThatBothHave() throws Exception {
        Difference difference = after(
                "columns",
                "ALTER TABLE customer DROP COLUMN mood, ADD COLUMN extra int DEFAULT 5;"
                        + " UPDATE customer SET name = 'new' WHERE id = 7");
        assertThat(difference.schema()).extracting(SchemaChange::change).containsExactly(Change.REMOVED, Change.ADDED);
        assertThat(difference.text()).contains("1 changed\n    ~ id=7: name 'c7' → 'new'");
    }

    @Test
    void tellsLargeObjectsAndExtensions() throws Exception {
        assertThat(after("blobs", "SELECT lo_create(0); DROP EXTENSION plpgsql CASCADE")
                        .text())
                .contains("- extension plpgsql\n", "Large objects\n  0 → 1\n");
    }

    @Test
    void showsNoMoreThanItsLimits() throws Exception {
        Database changed = copy("limits");
        run(
                changed,
                "INSERT INTO customer (name) SELECT 'n' FROM generate_series(1, 30); DELETE FROM customer WHERE id = 1;"
                        + " INSERT INTO visit SELECT 'many' FROM generate_series(1, 200);"
                        + " UPDATE part SET note = repeat('x', 500) || 'end'; CREATE TABLE a(); CREATE TABLE b(); CREATE TABLE c()");
        Difference difference = Difference.between(
                original,
                changed,
                DifferenceLimits.DEFAULT.withRowsShown(3).withRowsCompared(100).withObjectsShown(2));
        assertThat(difference.schema()).hasSize(2);
        assertThat(difference.notes()).containsExactly("1 more changes of the schema aren't shown");
        assertThat(difference.text())
                .contains("30 added, 1 removed\n    + id=51,", "    - id=1,", "    … and 28 more\n")
                .contains("public.visit: 3 rows before, 203 now; too large to compare row by row\n")
                .contains("note 'b' → 'xxx");
        Difference whole = Difference.between(original, original, DifferenceLimits.DEFAULT.withRowsCompared(10));
        assertThat(whole.isEmpty()).isTrue();
        assertThat(whole.text()).contains("the rows of public.customer: 50 rows are too many to compare row by row");
    }

    @Test
    void waitsForNobodyAndEndsInTime() throws Exception {
        Database changed = copy("locked");
        try (Connection holder = changed.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE visit; UPDATE customer SET name = 'uncommitted'");
            Difference difference = Difference.between(original, changed, DifferenceLimits.DEFAULT);
            assertThat(difference.isEmpty()).isTrue();
            assertThat(difference.notes())
                    .contains("the rows of public.visit: locked by a transaction that is still open");
        }
        Difference none = Difference.between(original, changed, DifferenceLimits.DEFAULT.withTime(Duration.ZERO));
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.text()).contains("Not compared", "the rows of all tables: too slow");
    }
}
