"""Bytes of scripts as text."""

import pytest

from handrail.migrations.decoding import decode_script


@pytest.mark.parametrize(
    ("data", "text", "findings"),
    [
        (b"", "", []),
        ("größe\r\n".encode(), "größe\r\n", []),
        (b"\xef\xbb\xbfselect 1", "select 1", []),
        ("select 'ä'".encode("utf-16"), "select 'ä'", []),
        (b"\xfe\xff" + "select 1".encode("utf-16-be"), "select 1", []),
        (b"a\nselect '\xe4'", "a\nselect 'ä'", [("migration.encoding", "warning", 2)]),
        (b"x" * 99 + b"\n\x00", "x" * 99 + "\n\x00", [("migration.nul-byte", "warning", 2)]),
        (b"SQLite format 3\x00\x10\x00\x01\x01\x00", None, [("migration.binary", "error", 1)]),
        ("select 1".encode("utf-16-le"), None, [("migration.binary", "error", 1)]),
    ],
)
def test_what_bytes_say(data: bytes, text: str | None, findings: list[tuple[str, str, int]]) -> None:
    decoded, found = decode_script("a.sql", data)
    assert decoded == text
    assert [(each.code, each.severity, each.location.line) for each in found] == findings
