"""P9 to P12: handrail classify beside its peers. Rows are (id, what, against, goal, measured)."""

import os
import shutil
import subprocess
from collections.abc import Sequence

import in_process
import made_histories
import peers
import workloads
from measure import Cost, Job, exponent, run, side_by_side

Line = tuple[str, str, str, str, str]
LOOKS = (0, 1)
"""Exit codes: a tool that finds something says 1."""


def one_migration(folder: str, base: Job) -> list[Line]:
    """P9: one migration alone, beside the start of Python."""
    jobs = [base]
    for dialect in ("postgresql", "sqlite"):
        place = os.path.join(folder, dialect)
        made_histories.repository(place, dialect, 1)
        jobs.append(Job(dialect, workloads.handrail("classify"), place))
    cost = side_by_side(jobs)
    return [
        ("P9", "`classify`, 1 PostgreSQL migration", base.name, "12", _ratio(cost, "postgresql", base.name)),
        ("P9", "`classify`, 1 SQLite migration", base.name, "8", _ratio(cost, "sqlite", base.name)),
    ]


def pull_request(folder: str, base: Job) -> list[Line]:
    """The gate of a pull request with 50 migrations, beside the start of Python and beside classify alone."""
    place = os.path.join(folder, "sqlite")
    made_histories.repository(place, "sqlite", 1)
    shutil.copytree(os.path.join(workloads.CHECKOUT, ".github"), os.path.join(place, ".github"))
    _commit(place, "base")
    made_histories.more(place, "sqlite", 1, 51)
    _commit(place, "change")
    asked = ("review", "--base", "HEAD~1", "--body", ".github/PULL_REQUEST_TEMPLATE.md")
    jobs = [
        base,
        Job("classify", workloads.handrail("classify", "--base", "HEAD~1"), place, codes=LOOKS),
        Job("review", workloads.handrail(*asked), place, codes=LOOKS),
    ]
    cost = side_by_side(jobs)
    what = "`review`, 50 SQLite migrations"
    return [
        ("-", what, base.name, "-", _ratio(cost, "review", base.name)),
        ("-", what, "classify --base, the same", "-", _ratio(cost, "review", "classify")),
    ]


def _commit(place: str, message: str) -> None:
    git = ["git", "-C", place, "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", message]):
        subprocess.run([*git, *words], check=True)


def beside_linters(folder: str) -> list[Line]:
    """P10: the same PostgreSQL files, for Squawk, pgfence and sqlfluff as far as they go in bearable time."""
    lines: list[Line] = []
    tools, fence = peers.installed(workloads.CHECKOUT), peers.pgfence(workloads.CHECKOUT)
    sizes = (100, 1_000, 10_000)
    seconds = []
    for size, goal in zip(sizes, ("-", "4", "2"), strict=True):
        place = os.path.join(folder, str(size))
        paths = made_histories.repository(place, "postgresql", size)
        jobs = [
            Job("ours", workloads.handrail("classify"), place),
            Job("squawk", [f"{tools}/squawk", "--reporter", "gcc", *paths], place, codes=LOOKS),
        ]
        if size == 1_000 and fence:
            jobs.append(Job("pgfence", [*fence, "analyze", *paths], place, codes=LOOKS))
        cost = side_by_side(jobs, rounds=5)
        seconds.append(cost["ours"].cpu)
        what = f"`classify`, {size:,} PostgreSQL migrations"
        lines.append(("P10", what, "squawk --reporter gcc", goal, _ratio(cost, "ours", "squawk")))
        if "pgfence" in cost:
            lines.append(("-", what, "pgfence analyze", "-", _ratio(cost, "ours", "pgfence")))
        if size == sizes[0]:
            lint = [f"{tools}/sqlfluff", "lint", "--dialect", "postgres", "--processes", "1", *paths]
            cost["sqlfluff"] = run(Job("sqlfluff", lint, place, codes=LOOKS))
            lines.append(("-", what, "sqlfluff lint (one run)", "-", _ratio(cost, "ours", "sqlfluff")))
    grown = _grown(sizes, seconds)
    lines.append(("P10", "`classify`, growth from 1,000 to 10,000 migrations", "exponent", "1.05", grown))
    return lines


def folding(_: str) -> list[Line]:
    """P12: the SQLite front end over 1,000 migrations, inside one process."""
    what = "SQLite, 1,000 migrations folded"
    ratio = in_process.folding_ratio()
    return [("P12", what, "the same scripts, only run", "1.3", f"{ratio:.1f}")]


def newest(folder: str) -> list[Line]:
    """P11: the newest of 1,000 migrations, when the others were folded before, beside one migration alone."""
    lines: list[Line] = []
    for dialect, name in (("postgresql", "PostgreSQL"), ("sqlite", "SQLite")):
        alone, many = (os.path.join(folder, f"{dialect}-{size}") for size in (1, 1_000))
        (first,) = made_histories.repository(alone, dialect, 1)
        last = made_histories.repository(many, dialect, 1_000)[-1]
        jobs = [
            Job("one", workloads.handrail("classify", first), alone),
            Job("newest", workloads.handrail("classify", last), many),
        ]
        cost = side_by_side(jobs)
        what = f"`classify`, newest of 1,000 {name} migrations"
        lines.append(("P11", what, "one migration alone", "1.5", _ratio(cost, "newest", "one")))
    return lines


def _grown(sizes: Sequence[int], seconds: Sequence[float]) -> str:
    """Return the exponent without what the start costs, which the smallest size stands for."""
    rest = [each - seconds[0] for each in seconds]
    return f"{exponent([size - sizes[0] for size in sizes], rest):.2f}"


def _ratio(cost: dict[str, Cost], name: str, base: str) -> str:
    value = cost[name].cpu / cost[base].cpu
    return f"{value:.1f}" if value >= 1 else f"{value:.3f}"
