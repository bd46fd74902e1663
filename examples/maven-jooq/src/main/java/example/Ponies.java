package example;

import static example.tables.Tables.PONY;

import java.util.List;
import org.jooq.DSLContext;

/** Doesn't compile unless the generator found the table that Liquibase made. */
public final class Ponies {
    private Ponies() {}

    public static List<String> names(DSLContext db) {
        return db.select(PONY.NAME).from(PONY).orderBy(PONY.ID).fetch(PONY.NAME);
    }
}
