"""Annotations of the policy's records, read once into forms.

A form is what every generic part works from: the schema writer, the decoder,
the index of ids and the diff.
"""

import types
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from handrail.core.record import REQUIRED, fields
from handrail.policy.shape import ONE_LINE, Id, Matches, Node, Ref, Verbatim


class Form(NamedTuple):
    """What a field holds.

    ``kind``: text, number, flag, choice, record or list. ``item`` is the form
    of a list's entries, ``cls`` the class of a record, ``choices`` the words
    of a choice, ``marks`` what ``Annotated`` said, ``doc`` its sentence.
    """

    kind: str
    optional: bool = False
    item: "Form | None" = None
    cls: type[Node] | None = None
    choices: tuple[str, ...] = ()
    marks: tuple[Any, ...] = ()
    doc: str = ""

    def mark(self, kind: type[Any]) -> Any:
        """Return the mark of that class, or None."""
        for mark in self.marks:
            if mark.__class__ is kind:
                return mark
        return None

    @property
    def prose(self) -> bool:
        """Tell whether the text may hold code spans and references."""
        if self.kind != "text":
            return False
        matches = self.mark(Matches)
        narrow = matches is not None and matches.pattern != ONE_LINE
        return not (narrow or self.mark(Verbatim) or self.mark(Id) or self.mark(Ref))


class FieldForm(NamedTuple):
    """A field of a record: its form, and whether it must be written."""

    form: Form
    required: bool
    default: Any


_PLAIN = {str: "text", int: "number", bool: "flag"}


def form_of(annotation: Any) -> Form:
    """Return the form of an annotation. Raises ``TypeError`` for one the model does not use."""
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *marks = get_args(annotation)
        form = form_of(base)
        docs = [mark for mark in marks if isinstance(mark, str)]
        others = tuple(mark for mark in marks if not isinstance(mark, str))
        return form._replace(marks=form.marks + others, doc=docs[-1] if docs else form.doc)
    if origin is types.UnionType or str(origin) == "typing.Union":
        (base,) = (arg for arg in get_args(annotation) if arg is not types.NoneType)
        return form_of(base)._replace(optional=True)
    if origin is Literal:
        return Form("choice", choices=get_args(annotation))
    if origin is tuple:
        return Form("list", item=form_of(get_args(annotation)[0]))
    if annotation in _PLAIN:
        return Form(_PLAIN[annotation])
    if isinstance(annotation, type) and issubclass(annotation, Node):
        return Form("record", cls=annotation)
    raise TypeError(f"no form for {annotation!r}")


_FORMS: dict[type[Node], Mapping[str, FieldForm]] = {}
_IDS: dict[type[Node], tuple[str, Id] | None] = {}


def forms_of(cls: type[Node]) -> Mapping[str, FieldForm]:
    """Return the fields of a record class, ``location`` left out, in the order of the file.

    ``covers`` comes last: it is about the entry, not part of what it says.
    """
    if cls not in _FORMS:
        _FORMS[cls] = _read_forms(cls)
    return _FORMS[cls]


def _read_forms(cls: type[Node]) -> Mapping[str, FieldForm]:
    annotations: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        annotations.update(base.__dict__.get("__annotations__", {}))
    annotations.pop("location")
    if "covers" in annotations:
        annotations["covers"] = annotations.pop("covers")
    defaults = fields(cls)
    return {
        name: FieldForm(form_of(annotation), defaults[name] is REQUIRED, defaults[name])
        for name, annotation in annotations.items()
    }


def id_field(cls: type[Node]) -> tuple[str, Id] | None:
    """Return the name of the field that defines the record's id, with its mark."""
    if cls not in _IDS:
        marks = ((name, field.form.mark(Id)) for name, field in forms_of(cls).items())
        _IDS[cls] = next(((name, mark) for name, mark in marks if mark), None)
    return _IDS[cls]
