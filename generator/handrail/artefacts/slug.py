"""Anchors of headings, as GitHub and Python-Markdown make them."""

import re
import unicodedata


def site_slug(text: str) -> str:
    """Return the anchor that Python-Markdown's ``toc`` gives a heading."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^\w\s-]", "", ascii_text).strip().lower()
    return re.sub(r"[-\s]+", "-", words)


def github_slug(text: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
