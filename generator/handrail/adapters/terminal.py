"""A bash that stays open, in a folder of ours, that knows nothing of the user's environment."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

from handrail.adapters.processes import note_group
from handrail.core.errors import HandrailError
from handrail.core.printed import Printed

MOST = 1_000_000
"""Bytes that a command may print."""
_GLANCE = 0.02

_LEAVES = (
    "apt apt-get at aws az brew bun bunx cargo cloudsql-proxy corepack crontab curl dnf docker "
    "doas doctl flyctl gcloud gem gh glab go gsutil helm heroku killall kubectl litestream mail "
    "nc ncat neonctl netlify npm npx pip pip3 pkill pnpm podman poweroff rclone reboot restic "
    "rsync s3cmd scp sendmail service sftp shutdown snap socat ssh su sudo supabase systemctl "
    "telnet uv uvx vercel wal-g wget yarn"
)
"""Programs that reach other machines, other processes or the system. They are not run."""

_KEPT_IN = """#!/bin/sh
{ printf '%s\\037' "${0##*/}" "$@"; printf '\\036'; } >> "$HANDRAIL_TERMINAL/kept-in"
printf '%s: not run in a drill\\n' "${0##*/}" >&2
exit 127
"""
_OWN = """#!/bin/sh
PYTHONPATH='{path}' exec '{python}' -m handrail "$@"
"""
_TYPED = """
command_not_found_handle() {{
  printf '%s\\n' "$1" >> "$HANDRAIL_TERMINAL/missing"
  printf 'bash: %s: command not found\\n' "$1" >&2
  return 127
}}
source "$HANDRAIL_TERMINAL/state" 2>/dev/null
trap '{{ declare -f; declare -p; printf "cd %q\\n" "$PWD"; }} > "$HANDRAIL_TERMINAL/state" 2>/dev/null' EXIT
{command}
"""


class BashTerminal:
    """``rehearsal.ground.Terminal`` in ``folder``.

    ``hidden`` is a folder of ours for what the terminal needs itself; ``names`` are
    the variables that it knows, besides PATH, HOME and the like; ``client`` is the
    command that takes SQL.
    """

    def __init__(self, folder: str, hidden: str, names: Mapping[str, str], client: str) -> None:
        self._folder, self._hidden, self._client = folder, hidden, client
        for each in ("bin", "home", "tmp"):
            os.makedirs(os.path.join(hidden, each), exist_ok=True)
        _write_programs(os.path.join(hidden, "bin"))
        self._environment = _environment(hidden, names)

    def run(self, command: str, seconds: float) -> Printed:
        """Run a command of bash, for so long at the most."""
        return self._run(command, "", seconds)

    def run_sql(self, script: str, seconds: float) -> Printed:
        """Give SQL to the client of the engine, which stops at the first error."""
        return self._run(self._client, script, seconds)

    def _run(self, command: str, typed: str, seconds: float) -> Printed:
        for each in ("kept-in", "missing"):
            self._write(each, "")
        self._write("typed", typed)
        begin = time.perf_counter()
        stopped = self._follow(_TYPED.format(command=command), seconds)
        took = time.perf_counter() - begin
        kept_in = tuple(
            tuple(words.split("\x1f")[:-1]) for words in self._read("kept-in").split("\x1e") if words
        )
        return Printed(
            self._read("printed").replace("\r\n", "\n"),
            took,
            stopped,
            kept_in,
            tuple(self._read("missing").split()),
        )

    def _follow(self, script: str, seconds: float) -> str:
        """Run a script to its end, and return '' or why it was ended before."""
        printed = os.path.join(self._hidden, "printed")
        with open(os.path.join(self._hidden, "typed"), "rb") as typed, open(printed, "wb") as output:
            try:
                process = subprocess.Popen(
                    ["bash", "--noprofile", "--norc", "-c", script],
                    cwd=self._folder, env=self._environment, stdin=typed, stdout=output,
                    stderr=subprocess.STDOUT, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise HandrailError(f"bash cannot be run: {(error.strerror or str(error)).lower()}") from None
            note_group(self._hidden, process.pid)
            try:
                stopped = _watch(process, printed, seconds)
            except BaseException:
                _end(process.pid)
                raise
        if stopped:
            _end(process.pid)
            process.wait()
        return stopped

    def _write(self, name: str, text: str) -> None:
        with open(os.path.join(self._hidden, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def _read(self, name: str) -> str:
        with open(os.path.join(self._hidden, name), "rb") as file:
            return file.read(MOST).decode("utf-8", "replace")


def _environment(hidden: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return all that a command gets to know. Nothing of the user's but the PATH, behind our programs."""
    search = names.get("PATH", os.environ.get("PATH", os.defpath))
    return {
        **names,
        "PATH": os.pathsep.join((os.path.join(hidden, "bin"), search)),
        "HOME": os.path.join(hidden, "home"),
        "TMPDIR": os.path.join(hidden, "tmp"),
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "HANDRAIL_TERMINAL": hidden,
    }


def _write_programs(folder: str) -> None:
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    own = _OWN.format(path=package.replace("'", "'\\''"), python=sys.executable.replace("'", "'\\''"))
    for name, text in (*((each, _KEPT_IN) for each in _LEAVES.split()), ("handrail", own)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(file.name, 0o700)


def _watch(process: "subprocess.Popen[bytes]", printed: str, seconds: float) -> str:
    """Wait for a process to end, and return '' or why it must be ended."""
    until = time.monotonic() + seconds
    wait = _GLANCE / 10
    while True:
        try:
            process.wait(wait)
            return ""
        except subprocess.TimeoutExpired:
            wait = min(wait * 2, _GLANCE)
        if os.path.getsize(printed) > MOST:
            return f"it printed more than {MOST:,} bytes"
        if time.monotonic() > until:
            return f"it had not ended after {seconds:g} seconds"


def _end(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
