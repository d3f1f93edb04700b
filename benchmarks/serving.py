"""How long a change of the policy takes until the served page shows it."""

import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import workloads

ADDRESS = "127.0.0.1:8765"
PAGE = f"http://{ADDRESS}/FAQ/"
ROUNDS = 5


def seconds(folder: str) -> float:
    """Return the median time from saving a policy file to a page that shows the change."""
    place = os.path.join(folder, "checkout")
    ignored = shutil.ignore_patterns(".git", ".venv", "build", "site", "node_modules", "*cache*")
    shutil.copytree(workloads.CHECKOUT, place, ignore=ignored)
    os.symlink(os.path.dirname(os.path.dirname(sys.executable)), os.path.join(place, ".venv"))
    make = ["make", "--silent", "-o", ".venv/installed", "serve", f"ADDRESS={ADDRESS}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(make, cwd=place, stdout=quiet, stderr=quiet, start_new_session=True) as server:
        try:
            _wait_for("Questions")
            return statistics.median(_once(place, number) for number in range(ROUNDS + 1))
        finally:
            os.killpg(server.pid, 15)


def _once(place: str, number: int) -> float:
    policy = os.path.join(place, "policies", "faq.yaml")
    with open(policy, encoding="utf-8") as file:
        text = file.read()
    word = f"Marker{number}"
    start = time.perf_counter()
    workloads.write(policy, text.replace("    question: ", f"    question: {word} ", 1))
    _wait_for(word)
    took = time.perf_counter() - start
    time.sleep(1.5)
    return took


def _wait_for(word: str, limit: float = 60) -> None:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(PAGE, timeout=5) as page:
                if word in page.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise SystemExit(f"{PAGE} did not show '{word}' within {limit} seconds")
