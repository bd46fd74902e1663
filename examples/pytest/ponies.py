"""A stable, in PostgreSQL."""


def stable(connection, name):
    """Takes a pony in; it is there for others once this returns."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO pony (name) VALUES (%s)", (name,))


def names(connection):
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pony ORDER BY name")
        return [name for (name,) in cursor]
