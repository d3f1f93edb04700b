"""Which programs of PostgreSQL are taken."""

import pytest

from handrail.adapters.postgresql.binaries import Binaries, for_client, for_server

SYSTEM = Binaries("/usr/lib/postgresql/15/bin", 15, True)
CLIENT = Binaries("/usr/bin", 17, False)
OLD = Binaries("/embedded/16/bin", 16, True)
NEW = Binaries("/embedded/18/bin", 18, True)
FOUND = (SYSTEM, CLIENT, NEW, OLD)


@pytest.mark.parametrize(
    ("wanted", "least", "taken"),
    [
        (0, 0, SYSTEM), (15, 0, SYSTEM), (16, 0, OLD), (18, 18, NEW), (17, 17, NEW), (14, 14, SYSTEM),
        (19, 19, None),
    ],
)  # fmt: skip
def test_the_server_is_of_productions_version_if_it_can_be(
    wanted: int, least: int, taken: Binaries | None
) -> None:
    assert for_server(FOUND, wanted, least) == taken


@pytest.mark.parametrize(
    ("server", "taken"), [(13, SYSTEM), (15, SYSTEM), (16, OLD), (17, CLIENT), (18, NEW), (19, None)]
)
def test_pg_dump_is_never_older_than_the_server(server: int, taken: Binaries | None) -> None:
    assert for_client(FOUND, server) == taken


def test_without_programs_there_is_no_server() -> None:
    assert for_server((), 15) is None
    assert for_server((CLIENT,), 17) is None
