"""Addresses of databases: what is read of them, and what is never shown."""

import pytest

from handrail.core.database_address import DatabaseAddress, parse_address
from handrail.core.errors import HandrailError

SERVERS = {
    "postgresql://ann:pw@db.example:5433/shop": DatabaseAddress(
        "postgresql", "shop", "ann", "pw", "db.example", "5433"
    ),
    "postgres://ann@db/shop": DatabaseAddress("postgresql", "shop", "ann", "", "db"),
    "POSTGRES://ann@db/shop": DatabaseAddress("postgresql", "shop", "ann", "", "db"),
    "postgresql+psycopg://ann@db/shop": DatabaseAddress("postgresql", "shop", "ann", "", "db"),
    "postgresql:///shop": DatabaseAddress("postgresql", "shop"),
    "postgresql://": DatabaseAddress("postgresql", ""),
    "postgresql://a%40b:p%3A%2F%25@db/my%20shop": DatabaseAddress(
        "postgresql", "my shop", "a@b", "p:/%", "db"
    ),
    "postgresql://ann:p@ss@db/shop": DatabaseAddress("postgresql", "shop", "ann", "p@ss", "db"),
    "postgresql://ann:a:b@db/shop": DatabaseAddress("postgresql", "shop", "ann", "a:b", "db"),
    "postgresql://[::1]:5433/shop": DatabaseAddress("postgresql", "shop", host="::1", port="5433"),
    "postgresql://one:1,two:2/shop": DatabaseAddress("postgresql", "shop", host="one,two", port="1,2"),
    "postgresql://%2Frun%2Fpg/shop": DatabaseAddress("postgresql", "shop", host="/run/pg"),
    "postgresql://ann@localhost/shop?host=/run/pg&port=6": DatabaseAddress(
        "postgresql", "shop", "ann", host="/run/pg", port="6"
    ),
    "postgresql://?user=ann&password=pw&dbname=shop": DatabaseAddress("postgresql", "shop", "ann", "pw"),
    "postgresql://db/shop?schema=app&connection_limit=5&pgbouncer=true&sslmode=require": DatabaseAddress(
        "postgresql", "shop", host="db", schema="app", options=(("sslmode", "require"),)
    ),
    "mysql://ann:pw@db:3307/shop": DatabaseAddress("mysql", "shop", "ann", "pw", "db", "3307"),
    "mariadb://ann@db/shop": DatabaseAddress("mysql", "shop", "ann", "", "db"),
    "mysql://root@localhost/shop?socket=/run/s": DatabaseAddress(
        "mysql", "shop", "root", host="localhost", options=(("socket", "/run/s"),)
    ),
}

FILES = {
    "dev.db": "dev.db",
    "./prisma/dev.db": "./prisma/dev.db",
    "/var/lib/app.db": "/var/lib/app.db",
    "C:\\data\\app.db": "C:\\data\\app.db",
    "file:./dev.db": "./dev.db",
    "file:./dev.db?connection_limit=1": "./dev.db",
    "file:///var/lib/app.db": "/var/lib/app.db",
    "sqlite:app.db": "app.db",
    "sqlite:///app.db": "app.db",
    "sqlite:////var/lib/app.db": "/var/lib/app.db",
    "file:./my%20app.db": "./my app.db",
    "notes: today.db": "notes: today.db",
}

NONE = (
    "",
    "file:",
    "mongodb://ann:s3cret@db/shop",
    "sqlserver://db;password=s3cret",
    "prisma+postgres://accelerate/?api_key=s3cret",
    "postgresql:ann:s3cret@db/shop",
    "postgresql://ann:s3cret@[::1/shop",
    "postgresql://ann:s3cret@a:b:c/shop",
)


@pytest.mark.parametrize("text", SERVERS)
def test_what_the_address_of_a_server_says(text: str) -> None:
    assert parse_address(text) == SERVERS[text]


@pytest.mark.parametrize("text", FILES)
def test_what_the_address_of_a_file_says(text: str) -> None:
    assert parse_address(text) == DatabaseAddress("sqlite", FILES[text])


@pytest.mark.parametrize("text", NONE)
def test_an_address_that_is_none_is_refused_and_not_quoted(text: str) -> None:
    with pytest.raises(HandrailError) as raised:
        parse_address(text)
    assert "s3cret" not in f"{raised.value} {raised.value.hint}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://ann:s3cret@db:5433/shop?sslpassword=x", "postgresql://db:5433/shop"),
        ("postgresql://ann:s3cret@%2Frun%2Fpg/shop", "postgresql://localhost/shop"),
        ("mysql://ann:s3cret@db/shop", "mysql://db/shop"),
        ("file:./dev.db", "./dev.db"),
    ],
)
def test_what_is_shown_of_an_address(text: str, shown: str) -> None:
    assert parse_address(text).shown() == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("login with s3cret/4 failed", "login with *** failed"),
        ("at postgresql://ann:s3cret%2F4@db/shop", "at postgresql://***db/shop"),
        ("at mysql://bob:other@db/shop", "at mysql://***db/shop"),
        ("host=db password=other user=ann", "host=db password=*** user=ann"),
        ("the key of keys is pem-pass", "the key of keys is ***"),
        ('relation "user" does not exist', 'relation "user" does not exist'),
    ],
)
def test_credentials_are_hidden_in_what_others_say(said: str, shown: str) -> None:
    address = parse_address("postgresql://ann:s3cret%2F4@db/shop?sslpassword=pem-pass")
    assert address.hide(said) == shown


def test_a_short_password_leaves_a_message_readable() -> None:
    assert parse_address("postgresql://ann:e@db/shop").hide("the server said no") == "the server said no"
