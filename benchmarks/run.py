"""What Handrail claims about speed, measured: make bench

Every number is a ratio between commands that ran in turn in this very run
(medians, CPU seconds of whole processes): A B A B ..., after a warm-up. The
table goes to the screen and into benchmarks/RESULTS.md, which README shows.
"""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from typing import NamedTuple

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import classifying
import in_process
import peers
import rehearsing
import serving
import workloads
from measure import Cost, Job, exponent, run, side_by_side

RESULTS = os.path.join(workloads.CHECKOUT, "benchmarks", "RESULTS.md")
PASS = Job("python -c pass", [sys.executable, "-c", "pass"], workloads.CHECKOUT)


class Row(NamedTuple):
    """One line of the table."""

    id: str
    what: str
    against: str
    goal: str
    measured: str


def main() -> None:
    """Run the benchmarks that are named on the command line, or all."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # bytecode is written, as it is for a user
    wanted = sys.argv[1:] or list(BENCHMARKS)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        os.environ["HANDRAIL_CACHE"] = os.path.join(folder, "cache")
        for name in wanted:
            print(f"{name} ...", file=sys.stderr, flush=True)
            place = os.path.join(folder, name)
            os.makedirs(place)
            rows.extend(BENCHMARKS[name](place))
            shutil.rmtree(place)
    text = table(rows)
    print(text)
    if not sys.argv[1:]:
        with open(RESULTS, "w", encoding="utf-8") as file:
            file.write(HEAD + text)


HEAD = f"""# Results

`make bench` wrote this on Python {platform.python_version()}, {os.cpu_count()} cores. Every number is a ratio
of CPU seconds between whole processes that ran in turn, or says otherwise. Smaller is better.

"""


def table(rows: list[Row]) -> str:
    """Return the rows as a padded Markdown table."""
    lines = [("", "What", "Against", "Goal", "Measured"), *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    widths[0] = max(3, widths[0])
    shown = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    shown.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(shown) + "\n"


def start_up(_: str) -> list[Row]:
    """P1 and P2: the shipped policy of this checkout, nothing changed."""
    here = workloads.CHECKOUT
    run(Job("render", workloads.handrail("render"), here))
    jobs = [
        PASS,
        Job("check", workloads.handrail("check"), here),
        Job("full", workloads.handrail("check", "--full"), here),
        Job("cold", workloads.handrail("check", "--full"), here, before=forget),
        Job("validate", workloads.handrail("validate"), here),
    ]
    cost = side_by_side(jobs)
    return [
        Row("P1", "`check`, shipped policy, unchanged", PASS.name, "2", ratio(cost, "check", PASS.name)),
        Row("P2", "`check --full`, shipped policy", PASS.name, "9", ratio(cost, "full", PASS.name)),
        Row("P2", "the same with an empty cache, as in CI", PASS.name, "9", ratio(cost, "cold", PASS.name)),
        Row("-", "`validate`, shipped policy", PASS.name, "-", ratio(cost, "validate", PASS.name)),
    ]


def forget() -> None:
    """Empty the cache of compiled templates and parsed pages."""
    shutil.rmtree(os.environ["HANDRAIL_CACHE"], ignore_errors=True)


def against_peers(folder: str) -> list[Row]:
    """P3: 300 policy files with five outputs each, beside tools that do comparable work."""
    ours = workloads.repository(os.path.join(folder, "ours"), 300)
    tools = peers.installed(workloads.CHECKOUT)
    catalog = workloads.trestle(os.path.join(folder, "trestle"), 300, tools)
    documents = workloads.strictdoc(os.path.join(folder, "strictdoc"), 300)
    names = workloads.cog(os.path.join(folder, "cog"), 300 * workloads.OUTPUTS, tools)
    out = os.path.join(folder, "out")
    export = [f"{tools}/strictdoc", "export", documents, "--output-dir", out]
    generate = [f"{tools}/trestle", "author", "catalog-generate", "-n", "made", "-o", "md"]
    cost = side_by_side(
        [
            Job("ours", workloads.handrail("check", "--full"), ours),
            Job("cog", [f"{tools}/cog", "--check", *names], os.path.join(folder, "cog")),
            Job("trestle", generate, catalog, before=lambda: gone(os.path.join(catalog, "md"))),
        ],
        rounds=5,
    )
    cost["strictdoc"] = run(Job("strictdoc", export, folder, before=lambda: gone(out)))
    what = "`check --full`, 300 policy files, 1,500 outputs"
    return [
        Row("P3", what, "trestle author catalog-generate, 300", "0.4", ratio(cost, "ours", "trestle")),
        Row("P3", what, "strictdoc export, 300 (one run)", "0.02", ratio(cost, "ours", "strictdoc")),
        Row("-", what, "cog --check, 1,500 files", "-", ratio(cost, "ours", "cog")),
    ]


def gone(folder: str) -> None:
    """Remove what the last round wrote: an unchanged export may be skipped."""
    shutil.rmtree(folder, ignore_errors=True)


def growth(folder: str) -> list[Row]:
    """P4: cost and memory as the policy grows."""
    sizes = (10, 100, 1_000, 10_000)
    places = [
        workloads.repository(os.path.join(folder, str(size)), size // 10, 10, outputs=0) for size in sizes
    ]
    command = workloads.handrail("check", "--full")
    cost = side_by_side([Job(place, command, place) for place in places], rounds=5)
    base = cost[places[0]].cpu
    seconds = [cost[place].cpu - base for place in places]
    files = workloads.repository(os.path.join(folder, "files"), 1_000)
    memory = run(Job("memory", command, files)).memory
    grown = f"{exponent(sizes, seconds):.2f}"
    return [
        Row("P4", "`check --full`, growth from 1,000 to 10,000 entries", "exponent", "1.05", grown),
        Row("P4", "peak memory, 1,000 policy files, 5,000 outputs", "MiB", "60", f"{memory:.0f}"),
    ]


def incremental(folder: str) -> list[Row]:
    """P5: one of 1,000 policy files changed."""
    place = workloads.repository(os.path.join(folder, "ours"), 1_000)
    policy = os.path.join(place, "policies/operations/n500.yaml")
    texts = [f"operations:\n{workloads.operation(500, text)}" for text in ("One way.", "Another way.")]

    def edit() -> None:
        texts.reverse()
        workloads.write(policy, texts[0])

    def start_over() -> None:
        for number in range(workloads.OUTPUTS):
            gone(os.path.join(place, f"docs/made{number}"))

    command = workloads.handrail("render")
    jobs = [Job("one", command, place, edit), Job("all", command, place, start_over)]
    cost = side_by_side(jobs, rounds=5)
    what = "`render`, one of 1,000 policy files changed"
    return [Row("P5", what, "the same, all 5,000 outputs missing", "0.25", ratio(cost, "one", "all"))]


def parsing(_: str) -> list[Row]:
    """P6 and P7: the YAML reader and the validator, inside one process."""
    yaml, schema = in_process.yaml_ratio(), in_process.validation_ratio()
    what = "YAML with line and column of every key"
    return [
        Row("P6", what, "PyYAML CSafeLoader, which has none", "1.0", f"{yaml:.2f}"),
        Row("P7", "all 200 errors of 10,000 entries", "jsonschema", "0.15", f"{schema:.3f}"),
    ]


def site(folder: str) -> list[Row]:
    """P8: beside the site generator."""
    here = workloads.CHECKOUT
    build = [os.path.join(os.path.dirname(sys.executable), "mkdocs"), "build", "--quiet", "-d", folder]
    jobs = [
        Job("render", workloads.handrail("render"), here),
        Job("check", workloads.handrail("check", "--full"), here),
        Job("mkdocs", build, here),
    ]
    cost = side_by_side(jobs, rounds=5)
    share = (cost["render"].cpu + cost["check"].cpu) / cost["mkdocs"].cpu
    what = "`render` and `check --full`"
    return [
        Row("P8", what, "mkdocs build of the handbook", "0.10", f"{share:.2f}"),
        Row("P8", "saved to served in `make serve`", "seconds", "1", f"{serving.seconds(folder):.1f}"),
    ]


def classify(folder: str) -> list[Row]:
    """P9: one migration."""
    return [Row(*each) for each in classifying.one_migration(folder, PASS)]


def gate(folder: str) -> list[Row]:
    """Return the cost of a pull request."""
    return [Row(*each) for each in classifying.pull_request(folder, PASS)]


def linters(folder: str) -> list[Row]:
    """P10: many migrations, beside linters."""
    return [Row(*each) for each in classifying.beside_linters(folder)]


def newest(folder: str) -> list[Row]:
    """P11: the newest migration of many."""
    return [Row(*each) for each in classifying.newest(folder)]


def folding(folder: str) -> list[Row]:
    """P12: SQLite, inside one process."""
    return [Row(*each) for each in classifying.folding(folder)]


def rehearsal(folder: str) -> list[Row]:
    """P15: a migration that is rehearsed on a copy of a database."""
    return [Row(*each) for each in rehearsing.cost(folder)]


def ratio(cost: dict[str, Cost], name: str, base: str) -> str:
    """Return how often the CPU seconds of ``base`` go into those of ``name``."""
    value = cost[name].cpu / cost[base].cpu
    return f"{value:.1f}" if value >= 1 else f"{value:.3f}"


BENCHMARKS: dict[str, Callable[[str], list[Row]]] = {
    "start-up": start_up,
    "peers": against_peers,
    "growth": growth,
    "incremental": incremental,
    "parsing": parsing,
    "site": site,
    "classify": classify,
    "review": gate,
    "linters": linters,
    "newest": newest,
    "folding": folding,
    "rehearsal": rehearsal,
}

if __name__ == "__main__":
    main()
