"""Git, through its command line."""

import os
import re
import subprocess
from collections.abc import Mapping

from handrail.core.errors import HandrailError


class Git:
    """``ports.Repository`` over a work tree."""

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)

    def files_at(self, revision: str, folder: str) -> Mapping[str, bytes]:
        """Return the files below ``folder`` as they were at ``revision``."""
        self._commit(revision)
        prefix = self._run("rev-parse", "--show-prefix").decode().strip()
        tree = self._run("ls-tree", "-r", "-z", "--full-tree", revision, "--", f"{prefix}{folder}")
        blobs = {}
        for line in tree.decode("utf-8", "surrogateescape").split("\0"):
            meta, _, path = line.partition("\t")
            if path and meta.split()[1] == "blob":
                blobs[path.removeprefix(prefix)] = meta.split()[2]
        return self._contents(blobs)

    def _contents(self, blobs: Mapping[str, str]) -> dict[str, bytes]:
        """Return the bytes of blobs, path by path, from one git process."""
        names = "".join(f"{blob}\n" for blob in blobs.values()).encode()
        out = self._run("cat-file", "--batch", given=names)
        contents, at = {}, 0
        for path in blobs:
            end = out.index(b"\n", at)
            size = int(out[at:end].split()[2])
            contents[path] = out[end + 1 : end + 1 + size]
            at = end + 1 + size + 1
        return contents

    def _commit(self, revision: str) -> str:
        """Return the commit of a revision that somebody named."""
        if revision.startswith("-"):
            raise HandrailError(f"'{revision}' is not a revision")
        name = revision + "^{commit}"
        found = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", name, revision=revision)
        return found.decode().strip()

    def head(self) -> str:
        """Return the commit that is checked out."""
        return self._commit("HEAD")

    def merge_base(self, revision: str) -> str:
        """Return the commit where the work tree's history left that of ``revision``."""
        found = self._ask("merge-base", self._commit(revision), "HEAD")
        if not found:
            hint = (
                "A shallow clone has no history: check out with fetch-depth 0, or run git fetch --unshallow."
            )
            raise HandrailError(f"this branch and '{revision}' have no commit in common", hint)
        return found

    def upstream(self) -> str:
        """Return the newest state of the default branch that is here: the remote's, else our own."""
        _, branch = self.origin()
        return f"origin/{branch}" if self._ask("rev-parse", "--verify", "-q", f"origin/{branch}") else branch

    def changed(self, revision: str) -> Mapping[str, str]:
        """Return path -> A, M, D or T of what differs between ``revision`` and the work tree."""
        commit = self._commit(revision)
        out = self._run("diff", "--name-status", "--no-renames", "--relative", "-z", commit, "--")
        words = out.decode("utf-8", "surrogateescape").split("\0")
        changed = dict(zip(words[1::2], words[0::2], strict=False))
        others = self._run("ls-files", "--others", "--exclude-standard", "-z")
        new = others.decode("utf-8", "surrogateescape").split("\0")
        return {**dict.fromkeys(filter(None, new), "A"), **changed}

    def origin(self) -> tuple[str, str]:
        """Return (web address or '', default branch) of the remote.

        The branch is what the remote says, else main or master where there is
        one, else the one that is checked out.
        """
        head = self._ask("symbolic-ref", "--short", "refs/remotes/origin/HEAD").removeprefix("origin/")
        branches = self._ask(
            "for-each-ref", "--format=%(refname:short)", "refs/heads/main", "refs/heads/master"
        )
        head = head or branches.partition("\n")[0] or self._ask("symbolic-ref", "--short", "HEAD")
        return _web(self._ask("config", "--get", "remote.origin.url")), head or "main"

    def folder(self) -> str:
        """Return the folder of the repository that is worked in, '' for its root."""
        return self._ask("rev-parse", "--show-prefix").rstrip("/")

    def _ask(self, *words: str) -> str:
        """Return what git prints, '' when it does not know."""
        try:
            return self._run(*words).decode("utf-8", "replace").strip()
        except HandrailError:
            return ""

    def _run(self, *words: str, given: bytes = b"", revision: str | None = None) -> bytes:
        try:
            done = subprocess.run(
                ["git", "-C", self.root, *words], input=given, capture_output=True, check=False
            )
        except FileNotFoundError:
            raise HandrailError("git is not installed", "Install git.") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            if revision is not None:
                self._run("rev-parse", "--git-dir")  # fails, and says so, where there is no repository
                hint = "List them with: git log --oneline. In a shallow clone fetch more history."
                raise HandrailError(f"there is no revision '{revision}'", hint)
            raise HandrailError(f"git {words[0]} failed: {said[0] if said else 'no message'}")
        return done.stdout


def _web(url: str) -> str:
    """Return the https address of a remote such as git@host:owner/name.git, or ''."""
    found = re.match(
        r"(?:https://(?:[^@/]*@)?([^/]+)/|ssh://(?:[^@/]*@)?([^/:]+)(?::\d+)?/|[^@/]+@([^/:]+)[/:])"
        r"(.+?)(?:\.git)?/?$",
        url,
    )
    return f"https://{found[1] or found[2] or found[3]}/{found[4]}" if found else ""
