"""The fields that templates are checked against, made when they are first needed."""

import hashlib
from functools import cache

from lkt import __version__
from lkt.report.catalogue import FIELDS
from lkt.report.example import example_values
from lkt.report.lint.kinds import Kind, Known, kinds_of
from lkt.report.templatefields import paths


@cache
def known_kinds() -> Kind:
    """All fields of a report, as a group without a name."""
    return kinds_of(FIELDS, example_values())


@cache
def fields_key() -> str:
    """A digest of the names of all fields, and of the version of the program."""
    text = "\n".join((__version__, *paths(FIELDS)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


KNOWN = Known(fields_key, known_kinds)
"""The fields of a report."""
