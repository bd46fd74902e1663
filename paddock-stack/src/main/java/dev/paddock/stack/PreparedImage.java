package dev.paddock.stack;

/**
 * An image that holds PostgreSQL's data already, made of a snapshot.
 *
 * @param name by which engines find it
 * @param data where in it that is
 * @param user who owns the data
 * @param database that is there
 */
public record PreparedImage(String name, String data, String user, String database) {}
