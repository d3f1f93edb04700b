"""Templates -> text. The only door to Jinja2.

Policy text is data: it is never rendered as a template, and every string that
a template prints is made inert for the kind of file that it goes into, unless
a filter already did so.
"""

import json
import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined, TemplateNotFound, nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from handrail.artefacts.memory import Memory
from handrail.core.finding import Finding
from handrail.core.location import Location
from handrail.policy.shape import Node

_FILTERS = ("prose", "plain", "code", "fence", "comment", "number", "counted", "listed")
_FUNCTIONS = ("link", "source", "place", "file", "heading", "anchor", "page", "covered", "role_title")
Spell = Callable[[str], str]


class TemplateFailed(Exception):
    """A template could not be rendered. Carries the finding that says where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def _as_json(value: object) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False))


def _as_yaml(value: object) -> Markup:
    return Markup(spell_yaml(str(value)))


class _Templates(BaseLoader):
    def __init__(self, sources: Mapping[str, str]) -> None:
        self.sources = sources

    def get_source(self, _: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self.sources:
            raise TemplateNotFound(template)
        return self.sources[template], f"templates/{template}", lambda: True


class _Compiled(BytecodeCache):
    """Compiled templates, remembered. Jinja2 itself tells whether one still fits its source."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template from memory."""
        found = self.memory.get("template", f"{bucket.key} {bucket.checksum}")
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self.memory.put("template", f"{bucket.key} {bucket.checksum}", bucket.bytecode_to_string())


class _Watching(Environment):
    """An environment that tells which records a template reads."""

    seen: Callable[[Node], None]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template. What it prints of its own, as in ``{{ ", " if more }}``, is no policy text."""
        tree = super()._parse(source, name, filename)
        for output in tree.find_all(nodes.Output):
            for expression in output.nodes:
                _trust_constants(expression)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Node):
            self.seen(obj)
        return super().getattr(obj, attribute)


def _trust_constants(expression: nodes.Node | None) -> None:
    if isinstance(expression, nodes.Const) and isinstance(expression.value, str):
        expression.value = Markup(expression.value)
    elif isinstance(expression, nodes.CondExpr):
        _trust_constants(expression.expr1)
        _trust_constants(expression.expr2)
    elif isinstance(expression, nodes.Or):
        _trust_constants(expression.right)


class Templates:
    """Renders templates by name. ``sources`` maps names such as ``docs/FAQ.md.j2`` to text."""

    def __init__(self, sources: Mapping[str, str], seen: Callable[[Node], None], memory: Memory) -> None:
        self.sources = sources
        self.spell: Spell = str
        self.writer: object = None
        self.environment = _Watching(
            loader=_Templates(sources),
            undefined=StrictUndefined,
            autoescape=True,
            finalize=self._finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            bytecode_cache=_Compiled(memory),
        )
        self.environment.seen = seen
        for name in _FILTERS:
            self.environment.filters[name] = self._call(name)
        for name in _FUNCTIONS:
            self.environment.globals[name] = self._call(name)
        self.environment.filters["json"] = _as_json
        self.environment.filters["yaml"] = _as_yaml

    def use(self, writer: object) -> None:
        """Take filters and functions from ``writer`` until the next one."""
        self.writer = writer

    def _call(self, name: str) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            return getattr(self.writer, name)(*values, **named)

        return call

    def _finalize(self, value: Any) -> Any:
        """Make what an expression prints inert, unless it already is."""
        if value.__class__ is Markup or value.__class__ is int:
            return value
        text = str(value)
        inside = text.strip()
        if not inside:
            return Markup(text)
        before, after = text[: text.index(inside[0])], text[len(text.rstrip()) :]
        return Markup(_gap(before) + self.spell(inside) + _gap(after))

    def render(self, name: str, spell: Spell, **values: Any) -> str:
        """Return the text of template ``name``. Strings are spelled by ``spell``.

        Raises ``TemplateFailed`` with the template's file and line.
        """
        self.spell = spell
        try:
            text = self.environment.get_template(name).render(**values)
            text.encode()  # half a character, as "\\ud800" makes it, cannot be written
        except TemplateSyntaxError as error:
            raise _failed(error.filename or f"templates/{name}", error.lineno, error.message or "") from None
        except TemplateNotFound as error:
            path, line = _place(error, name)
            raise _failed(path, line, f"there is no template {error.name}") from None
        except (
            TemplateError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
            RuntimeError,
            SyntaxError,  # of the Python that a template becomes: loops in loops in loops
        ) as error:
            path, line = _place(error, name)
            raise _failed(path, line, str(error)) from None
        return text


def _gap(space: str) -> str:
    """Return the space at the end of a text. A line break there would part the line that it stands in."""
    return "" if "\n" in space else space


def _place(error: BaseException, name: str) -> tuple[str, int]:
    """Return file and line of the template that an error comes from; Jinja2 rewrites tracebacks."""
    path, line, trace = f"templates/{name}", 1, error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("templates/"):
            path, line = file, trace.tb_lineno
        trace = trace.tb_next
    return path, line


def _failed(path: str, line: int, message: str) -> TemplateFailed:
    hint = "Correct the template, or remove it to use the one that comes with Handrail."
    where = Location(path, line, 1)
    return TemplateFailed(Finding("template.failed", f"the template failed: {message}", where, hint=hint))


def spell_yaml(text: str) -> str:
    """Return ``text`` as a quoted YAML scalar, in the quotes that Prettier chooses."""
    double = json.dumps(text, ensure_ascii=False)
    if '"' in text and "\\" not in double.replace('\\"', ""):
        return "'" + text.replace("'", "''") + "'"
    return double


def spell_json(text: str) -> str:
    """Return ``text`` as a JSON string."""
    return json.dumps(text, ensure_ascii=False)


def spell_workflow(text: str) -> str:
    """Return ``text`` as a YAML scalar of a workflow, in which GitHub finds no expression."""
    return spell_yaml(text.replace("${{", "${{ '${{' }}"))


def spell_html(text: str) -> str:
    """Return ``text`` as text of HTML or XML, or the inside of an attribute in quotes."""
    return str(escape(text))


def spell_shell(text: str) -> str:
    """Return ``text`` as one word of a shell command."""
    from shlex import quote  # slow to import, and few teams write scripts this way

    return quote(text)


def spell_owners(text: str) -> str:
    """Return ``text`` as one word of a CODEOWNERS line."""
    return re.sub(r"([\s#\\])", r"\\\1", text.strip().replace("\n", " "))


_SPELLS: Mapping[str, Spell] = {
    "yml": spell_yaml,
    "yaml": spell_yaml,
    "json": spell_json,
    "html": spell_html,
    "xml": spell_html,
    "svg": spell_html,
    "sh": spell_shell,
    "CODEOWNERS": spell_owners,
}


def spell_for(path: str) -> Spell:
    """Return how policy text is spelled in a file that is no Markdown: where nothing is known, as it is."""
    if path.startswith(".github/workflows/"):
        return spell_workflow
    return _SPELLS.get(posixpath.basename(path).rpartition(".")[2], str)


def template_name(path: str) -> str:
    """Return the name of the template of an artefact: its path, ``.j2`` added, ids taken out."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, name.replace("{id}", "_each")) + ".j2"
