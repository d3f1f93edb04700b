"""Files with both directions in them."""

import pytest

from handrail.migrations.markers import forbids_transaction, forward_only, sections


@pytest.mark.parametrize(
    ("up_mark", "down_mark"),
    [
        ("-- migrate:up", "-- migrate:down"),
        ("-- migrate:up transaction:false", "-- migrate:down transaction:false"),
        ("-- +goose Up", "-- +goose Down"),
        ("-- +GOOSE up", "--+goose down"),
        ("-- +migrate Up notransaction", "-- +migrate Down"),
        ("# --- !Ups", "# --- !Downs"),
        ("-- Up Migration", "-- Down Migration"),
        ("-- rambler up", "-- rambler down"),
        ("", "--//@UNDO"),
        ("-- // a change", "-- //@UNDO"),
        ("", "---- create above / drop below ----"),
    ],
)
def test_both_directions_keep_their_lines(up_mark: str, down_mark: str) -> None:
    found = sections(f"{up_mark}\nup 1;\r\n{down_mark}\ndown 1;\ndown 2;\n")
    assert found is not None
    assert found.down is not None
    assert [line.strip() for line in found.up.split("\n")[1:]] == ["up 1;", "", "", "", ""]
    assert found.down.split("\n")[3:] == ["down 1;", "down 2;", ""]
    assert "up 1" not in found.down


@pytest.mark.parametrize(
    ("text", "up", "down"),
    [
        ("-- +goose Up\na;", "\na;", None),
        ("-- +goose Up\na;\n-- +goose Down", "\na;\n", "\n\n"),
        ("first;\n-- migrate:up\nb;", "first;\n\nb;", None),
        ("-- +migrate Down\nb;\n-- +migrate Up\na;", "\n\n\na;", "\nb;\n\n"),
        ("-- Up Migration ---\na;\n-- Down Migration:\nb;", "\na;\n\n", "\n\n\nb;"),
        ("-- +migrate Up\na;\n-- +migrate Down\nb;\n-- +migrate Up\nc;", "\na;\n\n\n\nc;", "\n\n\nb;\n\n"),
    ],
)
def test_odd_files(text: str, up: str, down: str | None) -> None:
    found = sections(text)
    assert found is not None
    assert (found.up, found.down) == (up, down)


@pytest.mark.parametrize(
    "text",
    ["", "select 1;", "-- going up\nselect 1;", "select '-- migrate:up';", "-- migrate:upward\nselect 1;"],
)
def test_files_without_marks(text: str) -> None:
    assert sections(text) is None


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("-- +goose NO TRANSACTION\n-- +goose Up", True),
        ("-- migrate:up transaction:false\na;", True),
        ("-- +migrate Up notransaction\na;", True),
        ("-- no-transaction\na;", True),
        ("-- migrate:up\na;", False),
        ("-- migrate:down transaction:false\na;", False),
        ("-- there is no transaction here\na;", False),
    ],
)
def test_a_script_may_want_no_transaction(text: str, forbidden: bool) -> None:
    assert forbids_transaction(text) is forbidden


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("select 1;\n-- irreversible: the old values are gone\n", ("the old values are gone", 2)),
        (
            "-- handrail: forward-only restore from the backup of 9:00\r\n",
            ("restore from the backup of 9:00", 1),
        ),
        ("# Irreversible: gone", ("gone", 1)),
        ("/* handrail: forward-only: gone */", ("gone", 1)),
        ("-- irreversible:", ("", 1)),
        ("-- handrail: forward-only", ("", 1)),
        ("-- this is irreversible", None),
        ("select '-- irreversible: no';", None),
        ("-- handrail: forward-onlyish", None),
    ],
)
def test_a_script_may_say_that_it_cannot_be_undone(text: str, declared: tuple[str, int] | None) -> None:
    assert forward_only(text) == declared


def test_prose_is_no_mark() -> None:
    assert sections("-- Down migration is intentionally omitted: one way only.\nDROP TABLE t;") is None
