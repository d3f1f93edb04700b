"""handrail init: a starter policy for the stack that is found."""

from handrail.commands.outcome import FINE, Outcome
from handrail.core.errors import HandrailError
from handrail.policy.load import FOLDER
from handrail.policy.starter import Stack, find_stack, starter_files
from handrail.ports import Files, Repository, Shipped

EXTRA = ("docs/GITHUB_WORKFLOW.md", "docs/assets/handbook.css", "mkdocs.yml")
"""Files beside the policy that artefacts need: they hold generated blocks, or pages use them."""


def init(files: Files, repository: Repository, shipped: Shipped) -> Outcome:
    """Lay down what is missing, overwrite nothing, and say what was done.

    The starter is the shipped policy, without what is true of its example
    application only. Lines that the team has to look at end in ``# TODO``.
    """
    stack = find_stack(files.find(".", ("schema.prisma", ".sql")), files.read)
    url, branch = repository.origin()
    drafts = {path: shipped.read(path).decode() for path in shipped.find(FOLDER) if path.endswith(".yaml")}
    drafts |= {path: shipped.read(path).decode() for path in EXTRA}
    if not drafts:
        raise HandrailError("the installation of Handrail holds no starter policy")
    lines = [f"Found: {stack.because}\n"]
    todo: list[str] = []
    for path, text in starter_files(drafts, stack, url, branch).items():
        if files.exists(path):
            lines.append(f"kept       {path}\n")
            continue
        files.write(path, text.encode())
        lines.append(f"written    {path}\n")
        todo += [f"  {path}:{number}" for number, line in enumerate(text.splitlines(), 1) if "# TODO" in line]
    return Outcome(code=FINE, text="".join(lines) + _next(stack, todo))


def _next(stack: Stack, todo: list[str]) -> str:
    """Say what comes next."""
    text = ""
    if stack.orm == "none":
        text += "The commands of the guide and the runbooks are Prisma's: put your runner's in their place.\n"
    if stack.engine == "mysql":
        text += "The SQL of the patterns and the runbooks is for SQLite and PostgreSQL: add MySQL's.\n"
    if todo:
        text += "Fill in:\n" + "\n".join(todo) + "\n"
    return text + "Next: handrail validate, then handrail render, then commit.\n"
