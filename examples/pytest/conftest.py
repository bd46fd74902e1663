import itertools
import os

import psycopg
import pytest
from psycopg import sql

numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server():
    """A connection to make databases by. libpq reads PGHOST and the like."""
    if "PADDOCK_TEMPLATE" not in os.environ:
        pytest.exit("run me with: paddock run --template migrations -- pytest", 2)
    connection = psycopg.connect("", autocommit=True)
    yield connection
    connection.close()


@pytest.fixture
def db(server):
    """A connection to a database of the test's own, as the migrations leave it."""
    name = f"test_{os.getpid()}_{next(numbers)}"
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
        sql.Identifier(name), sql.Identifier(os.environ["PADDOCK_TEMPLATE"])
    )
    with server.cursor() as cursor:
        cursor.execute(create)
    connection = psycopg.connect(dbname=name)
    yield connection
    connection.close()
    with server.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
