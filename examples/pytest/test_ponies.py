import psycopg
import pytest

from ponies import names, stable


def test_takes_a_pony_in(db):
    stable(db, "Bo")

    assert names(db) == ["Ada", "Bo"]


def test_knows_nothing_of_another_test(db):
    assert names(db) == ["Ada"]


def test_takes_a_name_once(db):
    with pytest.raises(psycopg.errors.UniqueViolation):
        stable(db, "Ada")
