"""Evidence files: what is read, what is refused, and that the published schema says the same."""

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.commands.schema import schema
from handrail.review.evidence import Wanted, find_objection
from handrail.source.evidence import KINDS, EvidenceFile, Followed, Kind, Lost, read_evidence, utc
from tests.fakes import CHECKOUT, ShippedTemplates

NOW = "2026-11-24T12:00:00Z"
NAME, DIGEST = "20251126_090000_drop_drafts", "a" * 64
SCHEMA = json.loads(schema(ShippedTemplates(), "evidence").text)
GOOD = {
    path.stem: json.loads(path.read_bytes())
    for path in sorted((CHECKOUT / "tests/cases/evidence").glob("*.json"))
}


def valid(data: object) -> bool:
    """Tell whether the published schema accepts a file."""
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(data)


def read(data: object) -> EvidenceFile:
    """Return a file as the gate reads it."""
    return read_evidence("e.json", json.dumps(data).encode())


def test_there_is_a_good_file_of_each_kind() -> None:
    assert set(GOOD) == set(KINDS)
    for kind, data in GOOD.items():
        jsonschema.Draft202012Validator(SCHEMA).validate(data)
        found = read(data)
        assert (found.problem, found.kind, found.passed) == ("", kind, True)
        assert list(found.migrations) == [NAME]


def test_the_schema_describes_every_property_and_leaves_one_place_open() -> None:
    opened = []

    def walk(node: dict[str, Any], place: str) -> None:
        assert node.get("description"), place
        if node.get("type") == "object" and node.get("additionalProperties") is not False:
            opened.append(place)
        for key, each in node.get("properties", {}).items():
            walk(each, f"{place}/{key}")
        if "items" in node:
            walk(node["items"], f"{place}/*")

    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    walk(SCHEMA, "")
    assert opened == ["/details"]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.just(1.0),
    st.text(max_size=3),
    st.sampled_from(["passed", "rollback", "seeded", "f" * 64, "F" * 64]),
    st.sampled_from(["2026-02-29T00:00:00Z", "2028-02-29T00:00:00Z", "2100-02-29T00:00:00Z"]),
    st.sampled_from(["2026-1-4T9:0:0Z", "2026-11-24T24:00:00Z", "2026-11-24 09:00:00"]),
    st.just([]),
    st.just({}),
)  # fmt: skip


def places(node: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to everything that a file holds."""
    found = [path] if path else []
    if isinstance(node, dict):
        return found + [each for key, value in node.items() for each in places(value, (*path, key))]
    if isinstance(node, list):
        return found + [each for key, value in enumerate(node) for each in places(value, (*path, key))]
    return found


@given(st.data())
def test_what_the_schema_accepts_is_read_and_what_is_refused_it_refuses(data: st.DataObject) -> None:
    file = copy.deepcopy(GOOD[data.draw(st.sampled_from(KINDS))])
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(places(file)))
        holder: Any = file
        for step in way:
            holder = holder[step]
        what = data.draw(st.sampled_from(("write", "write", "remove", "add")))
        if what == "write":
            holder[last] = data.draw(VALUES)
        elif what == "remove" and len(file) > 1:
            del holder[last]
        elif isinstance(holder, dict):
            holder["more"] = data.draw(VALUES)
    assert not (valid(file) and read(file).problem)


TIMES = ["2026-02-29T00:00:00Z", "2028-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2000-02-29T00:00:00Z"]
TIMES += ["2026-04-31T00:00:00Z", "2026-12-31T23:59:59Z", "2026-13-01T00:00:00Z", "2026-11-24T23:60:00Z"]
TIMES += ["2026-1-4T9:0:0Z", "2026-11-24T09:00:00", "2026-11-24T09:00:00+01:00", "", "tomorrow"]


@pytest.mark.parametrize("time", TIMES)
def test_schema_and_reader_know_the_same_times(time: str) -> None:
    assert valid({**GOOD["backup"], "finished_at": time}) == (utc(time) is not None)


REFUSED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "version": (lambda data: data.update(version=2), "version is 2"),
    "no version": (lambda data: data.pop("version"), "version is null"),
    "kind": (lambda data: data.update(kind="dance"), "kind is not one of"),
    "kind of another type": (lambda data: data.update(kind=[]), "'kind' is missing or no text"),
    "verdict": (lambda data: data.update(verdict="ok"), "neither passed nor failed"),
    "no list of migrations": (lambda data: data.pop("migrations"), "'migrations' is missing or empty"),
    "a short hash": (lambda data: data.update(migrations=[{"name": "a", "sha256": "abc"}]), "64 small"),
    "no letters of a hash": (lambda data: data["migrations"][0].update(sha256="z" * 64), "64 small"),
    "time": (lambda data: data.update(finished_at="yesterday"), "'finished_at' is no UTC time"),
    "no source": (lambda data: data.pop("source"), "'source.taken_at' is no UTC time"),
    "seeded or not": (lambda data: data["source"].pop("data"), "neither production nor seeded"),
    "expiry": (lambda data: data.update(expires_at="2027"), "'expires_at' is no UTC time"),
    "reason": (lambda data: data.update(reason=1), "'reason' is no text"),
    "engine": (lambda data: data.update(engine="sqlite"), "'engine' needs a 'name'"),
    "engine without a version": (lambda data: data.update(engine={"name": "sqlite"}), "'engine' needs"),
    "seconds": (lambda data: data.update(seconds="long"), "'seconds' is no number"),
    "seconds below zero": (lambda data: data.update(seconds=-1), "'seconds' is no number"),
    "true is no number": (lambda data: data.update(seconds=True), "'seconds' is no number"),
    "restored": (lambda data: data.update(schema_restored="yes"), "'schema_restored' is neither"),
    "data restored": (lambda data: data.update(data_restored=0), "'data_restored' is neither"),
    "lost": (lambda data: data.update(lost=[{"table": "users"}]), "each of 'lost' needs"),
    "half a row": (lambda data: data.update(lost=[{"table": "a", "rows": 0.5}]), "each of 'lost' needs"),
    "a drill of nothing": (lambda data: data.update(kind="drill"), "'runbook' needs"),
    "a runbook": (lambda data: data.update(runbook={"id": "restore"}), "'runbook' needs"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_said(name: str) -> None:
    act, said = REFUSED[name]
    data = copy.deepcopy(GOOD["backup"])
    act(data)
    assert said in read(data).problem
    assert not valid(data)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff", b"[" * 100_000, b'{"version": NaN}', b"[]", b"null", b"1" * 5000]
)
def test_what_is_no_evidence_shows_nothing(raw: bytes) -> None:
    found = read_evidence("e.json", raw)
    assert found.problem
    assert (found.kind, found.passed, dict(found.migrations)) == ("", False, {})


BASE = EvidenceFile("a.json", "backup", {NAME: DIGEST}, True, "2026-11-24T09:00:00Z", "2026-11-24T08:00:00Z")
OBJECTIONS: dict[str, tuple[tuple[EvidenceFile, ...], str]] = {
    "good": ((BASE,), ""),
    "none": ((), "there is none"),
    "of another kind": ((BASE._replace(kind="restore"),), "there is none"),
    "of another script": ((BASE._replace(migrations={NAME: "b" * 64}),), "another version of the script"),
    "failed": ((BASE._replace(passed=False, reason="why"),), "it says that it failed: why"),
    "seeded": ((BASE._replace(seeded=True),), "seeded data"),
    "seeded, where that is enough": ((BASE._replace(seeded=True, kind="rollback"),), "there is none"),
    "from the future": ((BASE._replace(finished="2026-11-24T12:06:00Z"),), "from the future"),
    "a clock that is five minutes fast": ((BASE._replace(finished="2026-11-24T12:05:00Z"),), ""),
    "ended": ((BASE._replace(expires="2026-11-24T11:59:59Z"),), "it ended on"),
    "ends now": ((BASE._replace(expires=NOW),), ""),
    "eight hours": ((BASE._replace(taken="2026-11-24T04:00:00Z"),), ""),
    "eight hours and a second": (
        (BASE._replace(taken="2026-11-24T03:59:59Z"),),
        "8 hours old, and counts for 8",
    ),
    "broken": ((EvidenceFile("b.json", problem="it is no object"),), "it is no object"),
    "broken beside a good one": ((EvidenceFile("b.json", problem="x"), BASE), ""),
    "an earlier failure": ((BASE._replace(passed=False, finished="2026-11-24T08:30:00Z"), BASE), ""),
    "a later failure": ((BASE._replace(passed=False, finished="2026-11-24T09:30:00Z"), BASE), "it failed"),
    "a later failure of another script": (
        (BASE._replace(passed=False, finished="2026-11-24T09:30:00Z", migrations={NAME: "b" * 64}), BASE),
        "",
    ),
}


@pytest.mark.parametrize("name", OBJECTIONS)
def test_objection(name: str) -> None:
    files, said = OBJECTIONS[name]
    path, objection = find_objection(Wanted("backup", NAME, DIGEST, 8), files, NOW)
    assert (said in objection) if said else (path, objection) == ("a.json", "")


def test_a_rollback_may_run_on_seeded_data() -> None:
    file = BASE._replace(kind="rollback", seeded=True)
    assert find_objection(Wanted("rollback", NAME, DIGEST, None), [file], NOW) == ("a.json", "")


@pytest.mark.parametrize(("kind", "objects"), [("rollback", True), ("rehearsal", False)])
def test_a_rollback_after_which_the_schema_differs_shows_nothing(kind: Kind, objects: bool) -> None:
    file = BASE._replace(kind=kind, schema_restored=False)
    path, said = find_objection(Wanted(kind, NAME, DIGEST, None), (file,), NOW)
    assert (path, "did not come back" in said) == (file.path, objects)


def test_a_file_says_what_came_back_and_what_did_not() -> None:
    lost = [{"table": "users", "column": "nickname", "rows": 310}, {"table": "drafts", "rows": 2}]
    raw = {**GOOD["rollback"], "schema_restored": True, "data_restored": False, "lost": lost}
    found = read(raw)
    assert (found.schema_restored, found.data_restored) == (True, False)
    assert found.lost == (Lost("users", "nickname", 310), Lost("drafts", "", 2))
    del raw["schema_restored"]
    assert read(raw).schema_restored is None


@pytest.mark.parametrize("kind", ["rehearsal", "rollback", "restore"])
def test_what_was_run_names_its_migrations(kind: Kind) -> None:
    data = {**GOOD[kind], "migrations": []}
    assert "missing or empty" in read(data).problem
    assert not valid(data)


@pytest.mark.parametrize("kind", ["backup", "drill"])
def test_a_backup_and_a_drill_may_name_no_migration(kind: Kind) -> None:
    data = {**GOOD[kind], "migrations": []}
    assert not read(data).problem
    assert valid(data)


def test_a_drill_says_what_was_followed_where_and_how_long_it_took() -> None:
    found = read(GOOD["drill"])
    assert (found.engine, found.version, found.seconds) == ("sqlite", "3.40.1", 431.5)
    assert found.runbook == Followed("restore", "c" * 64, "dropped-column", 60)


OF_ALL = BASE._replace(migrations={})
BACKUPS: dict[str, tuple[tuple[EvidenceFile, ...], str]] = {
    "one of the whole database": ((OF_ALL,), ""),
    "an old one of the whole database": ((OF_ALL._replace(taken="2026-11-24T03:00:00Z"),), "hours old"),
    "one for another migration": ((BASE._replace(migrations={"another": DIGEST}),), "there is none"),
    "a failed one after it": ((OF_ALL, OF_ALL._replace(passed=False, finished=NOW)), "it failed"),
}


@pytest.mark.parametrize("name", BACKUPS)
def test_a_backup_covers_what_it_names_and_everything_where_it_names_nothing(name: str) -> None:
    files, said = BACKUPS[name]
    _, objection = find_objection(Wanted("backup", NAME, DIGEST, 8), files, NOW)
    assert (said in objection) if said else objection == ""


DRILL = BASE._replace(kind="drill", seeded=True, runbook=Followed("restore", "c" * 64, "", 60))
DRILLS: dict[str, tuple[EvidenceFile, str]] = {
    "a drill of the restore": (DRILL, ""),
    "of another runbook": (DRILL._replace(runbook=Followed("detect", "c" * 64, "", 60)), "there is none"),
    "that names no migration": (DRILL._replace(migrations={}), "there is none"),
    "that failed": (DRILL._replace(passed=False), "it failed"),
    "after which rows are missing": (DRILL._replace(data_restored=False), "the data did not come back"),
    "after which a table is missing": (DRILL._replace(schema_restored=False), "schema did not come back"),
    "of the runbook as it was": (
        DRILL._replace(runbook=Followed("restore", "d" * 64, "", 60)),
        "has changed",
    ),
}


@pytest.mark.parametrize("name", DRILLS)
def test_a_drill_of_the_restore_runbook_shows_a_restore(name: str) -> None:
    file, said = DRILLS[name]
    _, objection = find_objection(Wanted("restore", NAME, DIGEST, 168, "c" * 64), (file,), NOW)
    assert (said in objection) if said else objection == ""
