"""Paths as parts of web addresses."""

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/+@")


def percent_encoded(path: str) -> str:
    """Return a path as a URI reference: all but plain characters percent-encoded.

    Names that are no UTF-8 (surrogate escapes) keep their bytes.
    """
    raw = path.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in raw)
