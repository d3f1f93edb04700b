"""The one way values are declared: frozen, keyword-only records.

``dataclasses`` would do, but importing it and compiling six methods for each
of some seventy records costs more than the rest of ``handrail check``
together (see docs/decisions/). A record shares its methods instead.
"""

from collections.abc import Mapping
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

REQUIRED: Any = object()
"""Stands for "no default"."""

UNCOMPARED = frozenset({"location"})
"""Fields that say where a record stands, not what it says: equality ignores them."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """Return ``cls`` as a record of its annotated fields, inherited ones first.

    A record takes keyword arguments only, cannot be changed, and is equal to
    another of its class whose fields are equal (places excepted).
    """
    defaults = dict(getattr(cls, "__defaults__", {}))
    for name in cls.__dict__.get("__annotations__", {}):
        defaults[name] = cls.__dict__.get(name, REQUIRED)
    methods = {
        "__defaults__": defaults,
        "__init__": _init,
        "__eq__": _eq,
        "__hash__": _hash,
        "__repr__": _repr,
        "__setattr__": _frozen,
        "__delattr__": _frozen,
    }
    for name, value in methods.items():
        setattr(cls, name, value)
    return cls


def fields(value: object) -> Mapping[str, Any]:
    """Return the fields of a record or record class: name -> default or ``REQUIRED``."""
    return value.__defaults__  # type: ignore[attr-defined, no-any-return]  # set by record()


def replace(value: T, **changes: Any) -> T:
    """Return a copy of the record ``value`` with ``changes``."""
    return type(value)(**{**value.__dict__, **changes})


def _init(self: Any, **values: Any) -> None:
    defaults = self.__defaults__
    unknown = values.keys() - defaults.keys()
    filled = {**defaults, **values}
    missing = [name for name, value in filled.items() if value is REQUIRED]
    if unknown or missing:
        problem = f"unknown {sorted(unknown)}" if unknown else f"missing {missing}"
        raise TypeError(f"{type(self).__name__}: {problem}")
    self.__dict__.update(filled)


def _key(self: Any) -> tuple[Any, ...]:
    return tuple(value for name, value in self.__dict__.items() if name not in UNCOMPARED)


def _eq(self: Any, other: object) -> bool:
    return type(self) is type(other) and _key(self) == _key(other)


def _hash(self: Any) -> int:
    return hash(_key(self))


def _repr(self: Any) -> str:
    inside = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
    return f"{type(self).__name__}({inside})"


def _frozen(self: Any, name: str, *_: Any) -> None:
    raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")
