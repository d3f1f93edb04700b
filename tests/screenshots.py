"""Take the pictures of README.md anew: build the site, open it in a real browser, save PNGs."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PICTURES = (("APPROVAL_MATRIX/", "docs/assets/approval-matrix.png"),)
SIZE = {"width": 1280, "height": 800}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name it has above
        """Say nothing."""


@contextmanager
def served(folder: str) -> Iterator[str]:
    """Serve a folder on a free port of the loopback address, and yield its address."""
    handler = functools.partial(_Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def build(folder: str) -> None:
    """Build the handbook into ``folder``."""
    mkdocs = os.path.join(os.path.dirname(sys.executable), "mkdocs")
    subprocess.run([mkdocs, "build", "--strict", "--quiet", "-d", folder], cwd=ROOT, check=True)


def browser() -> str | None:
    """Return the path of a Chromium, or None."""
    return shutil.which("chromium") or shutil.which("google-chrome")


FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def main() -> int:
    """Take every picture."""
    chromium = browser()
    if chromium is None:
        print("No Chromium found. Install one: apt-get install chromium", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        with served(folder) as address, sync_playwright() as play:
            program = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
            page = program.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a dict of ints is what it takes
            for place, path in PICTURES:
                page.goto(address + place)
                page.screenshot(path=os.path.join(ROOT, path))
                print(path)
            program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
