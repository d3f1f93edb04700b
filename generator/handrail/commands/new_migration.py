"""handrail new: a migration under the next name, and the way back where it is certain."""

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname
from typing import NamedTuple

from handrail.commands.down_draft import DraftWorld, lacks_down, write_draft
from handrail.commands.outcome import FINE, Outcome
from handrail.commands.validate import read_policy
from handrail.core.errors import HandrailError
from handrail.migrations.decoding import decode_script
from handrail.migrations.history import find_name_problems, find_order_problems, number_of
from handrail.migrations.layouts import SUFFIXES, Found, Layout, find_files
from handrail.migrations.new_name import NewName, new_files, new_name, words_of
from handrail.policy.model import Policy
from handrail.ports import Branch, Clock


class World(NamedTuple):
    """The ports of the command."""

    draft: DraftWorld
    branch: Branch
    clock: Clock


def new_migration(world: World, text: str, path: str) -> Outcome:
    """Make the files of the next migration, and say what was done.

    ``text`` holds the words of its name; ``path`` is that of a migration that
    is there and lacks a down script, '' for none. With Prisma, which makes the
    migration itself, its command is printed; once the migration of that name is there and
    not committed, its down script is drafted. Nothing is overwritten but a down script
    that is as this command wrote it. Raises
    ``HandrailError`` for a name that says nothing or breaks the rules.
    """
    files = world.draft.files
    policy = read_policy(files).policy
    if policy is None:
        raise HandrailError("the policy cannot be read", "Look at it with: handrail validate")
    home = policy.database.paths.migrations
    there = files.find(home, SUFFIXES) if files.is_folder(home) else ()
    history, _ = find_files(there)
    if path:
        return write_draft(world.draft, policy, there, _named(history, path.rstrip("/")))
    words = words_of(text)
    if not words:
        raise HandrailError("a migration needs a name", "Say what it changes: handrail new add_recipe_notes")
    made = _just_made(world, history, words)
    if made is not None:
        return write_draft(world.draft, policy, there, made)
    name = _checked(policy, history, words, re.sub(r"\D", "", world.clock.now()))
    if policy.database.orm == "prisma":
        return _with_prisma(name, words, history)
    return _written(world, policy, history, name, words)


def _named(history: Sequence[Found], path: str) -> Found:
    """Return the migration at a path: its folder, or its script."""
    for each in history:
        if path in (each.up, dirname(each.up)) and (each.layout == "folder" or path == each.up):
            return each
    raise HandrailError(f"{path} is no migration of the policy's folder", "Name its script or its folder.")


def _just_made(world: World, history: Sequence[Found], words: str) -> Found | None:
    """Return the migration of these words that is there, without a down script, and not committed."""
    alike = [each for each in history if words_of(_words(each)) == words]
    lacking = [each for each in alike if lacks_down(world.draft.files, each)]
    if not lacking:
        return None
    new = world.branch.changed(world.branch.head())
    return next((each for each in reversed(lacking) if new.get(each.up) == "A"), None)


def _words(found: Found) -> str:
    number = number_of(found.name)
    return found.name.partition(number.text)[2] if number else found.name


def _checked(policy: Policy, history: Sequence[Found], words: str, now: str) -> NewName:
    """Return the name, if it says something and keeps the rules."""
    naming = policy.naming.naming
    made = new_name(words, history, naming.format, now)
    if made is None:
        hint = "Rename the newest migration first, if it was applied nowhere: its stamp is no date and time."
        raise HandrailError("there is no time after the newest stamp of the history", hint)
    follows = not history or not find_name_problems((history[-1].name, ""), naming.pattern)
    found = list(find_name_problems((made.name, made.name), naming.pattern if follows else ""))
    entries = [(each.name, each.up) for each in history]
    order = find_order_problems((*entries, (made.name, made.name)))
    found += [each for each in order if each.location.path == made.name]
    if found:
        hint = f"Name action and object, as in {naming.good[0].name}; the rules are in docs/NAMING.md."
        raise HandrailError(found[0].message, hint)
    return made


def _with_prisma(name: NewName, words: str, history: Sequence[Found]) -> Outcome:
    """Say how Prisma makes the migration, and what its folder has to be called."""
    lines = [f"npx prisma migrate dev --create-only --name {words}"]
    newest = number_of(history[-1].name) if history else number_of(name.name)
    if newest is None or newest.form != "YYYYMMDDHHMMSS_name":
        lines += [
            "",
            "Prisma writes another stamp than this repository has. Before it is applied anywhere, rename the",
            f"folder to one such as {name.name}",
        ]
    lines += [name.moved] if name.moved else []
    lines += ["", f"Once its script is there, draft its way back: handrail new {words}"]
    return Outcome(code=FINE, text=_text(lines))


def _written(world: World, policy: Policy, history: Sequence[Found], name: NewName, words: str) -> Outcome:
    files, home = world.draft.files, policy.database.paths.migrations
    like = next((each for each in reversed(history) if each.layout != "repeatable"), None)
    layout = like.layout if like else _layout(policy)
    newest, _ = decode_script(like.up, files.read(like.up)) if like else ("", ())
    made = new_files(like.folder if like else home, name.name, like, layout, newest or "")
    for each in made:
        if files.exists(each.path):
            raise HandrailError(f"{each.path} is there already", "Nothing was written. Take another name.")
        problem = files.problem_with(each.path)
        if problem:
            raise HandrailError(
                f"{each.path}: {problem}", "Correct paths.migrations in policies/database.yaml."
            )
    for each in made:
        files.write(each.path, each.text.encode())
    return Outcome(code=FINE, text=_text(_said(name, [each.path for each in made], words)))


def _said(name: NewName, paths: Sequence[str], words: str) -> Iterator[str]:
    yield from (f"written  {path}" for path in paths)
    if name.moved:
        yield name.moved
    if len(paths) > 1:
        yield f"Write the script, then draft its way back: handrail new {words}"


def _layout(policy: Policy) -> Layout:
    """Return how the first migration of a history is laid out, by the policy."""
    up = policy.database.paths.up
    if policy.naming.naming.format.startswith("V"):
        return "flyway"
    if up == "up.sql":
        return "folder"
    return "pair" if up.endswith("up.sql") else "plain"


def _text(lines: Sequence[str] | Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
