"""The part of the policy that judges migrations, in a form that is quickly read again.

Reading and validating the whole policy takes longer than reading a migration. What
it came to is kept under the digest of all policy files, so that it is never out of date.
"""

import pickle
from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple, Protocol

from handrail import __version__
from handrail.policy.handbook import WaiversFile
from handrail.policy.matrix import MatrixFile
from handrail.policy.model import Policy
from handrail.policy.operations import OperationsFile
from handrail.policy.pull_request import NamingFile
from handrail.policy.roles import RolesFile
from handrail.policy.team import DatabaseFile

FOLDER = "policies"


class Rules(Protocol):
    """What judges migrations: a ``Policy``, or a ``Rulebook``."""

    @property
    def risk_matrix(self) -> MatrixFile:
        """The levels."""

    @property
    def operations(self) -> OperationsFile:
        """The operations and their levels."""

    @property
    def roles(self) -> RolesFile:
        """The people who may own a waiver."""

    @property
    def database(self) -> DatabaseFile:
        """Engines, runners and paths."""

    @property
    def naming(self) -> NamingFile:
        """How migrations are named."""

    @property
    def waivers(self) -> WaiversFile:
        """Accepted exceptions."""


class Rulebook(NamedTuple):
    """The same, taken out of a policy."""

    risk_matrix: MatrixFile
    operations: OperationsFile
    roles: RolesFile
    database: DatabaseFile
    naming: NamingFile
    waivers: WaiversFile


def rulebook_of(rules: Rules) -> Rulebook:
    """Return the part of a policy that judges migrations."""
    return Rulebook(*(getattr(rules, name) for name in Rulebook._fields))


def key_of(files: Mapping[str, bytes]) -> bytes:
    """Return a digest of the policy files (path -> bytes) and of this version."""
    total = blake2b(__version__.encode(), digest_size=16)
    for path, raw in sorted(files.items()):
        total.update(f"{path} {len(raw)}\n".encode("utf-8", "surrogateescape") + raw)
    return total.digest()


def dump_rulebook(key: bytes, book: Rulebook) -> bytes:
    """Return a rulebook in a form to keep."""
    return key + pickle.dumps(tuple(book), protocol=5)


def load_rulebook(key: bytes, kept: bytes) -> Rulebook | None:
    """Return the rulebook that was kept under ``key``, None for anything else."""
    found = _load(key, kept)
    return Rulebook(*found) if isinstance(found, tuple) and len(found) == len(Rulebook._fields) else None


def dump_policy(key: bytes, policy: Policy) -> bytes:
    """Return a whole policy in a form to keep."""
    return key + pickle.dumps(policy, protocol=5)


def load_kept_policy(key: bytes, kept: bytes) -> Policy | None:
    """Return the policy that was kept under ``key``, None for anything else."""
    found = _load(key, kept)
    return found if isinstance(found, Policy) else None


def _load(key: bytes, kept: bytes) -> object:
    """Return what was kept under ``key``, None for anything else. It comes from the user's own folder."""
    size = len(key)
    if kept[:size] != key:
        return None
    try:
        return pickle.loads(kept[size:])  # noqa: S301  # the user's own folder, checked by digest
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, EOFError):
        return None  # kept by other code of this version, as in a checkout
