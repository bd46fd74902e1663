package dev.paddock.lease;

/** How a cell comes by its next database. */
enum Way {
    /** Copies that the snapshot holds already and that cost nothing until they are written to. */
    COPIES_IN_SNAPSHOT("copies in the snapshot"),
    /** By PostgreSQL itself, from the template's database. */
    CREATE_DATABASE("CREATE DATABASE from the template"),
    /** The cell's only one is the template's own: the whole server is cloned for each. */
    SERVER_CLONE("a clone of the whole server");

    private final String description;

    Way(String description) {
        this.description = description;
    }

    @Override
    public String toString() {
        return description;
    }
}
