"""References to tables and pictures that are nowhere numbered."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lkt.report.checks import suggestion
from lkt.report.mistakes import Mistake
from lkt.report.sandbox import FUNCTIONS
from lkt.report.tags import Tag

_CALL = re.compile(
    r"""\b(?P<function>\w+)\s*\(\s*(?:(?P<quote>["'])(?P<key>.*?)(?P=quote)\s*(?P<rest>[,)]|~)?)?"""
)
_NOT_NUMBERING = ("rujuk", "namespace")


def check_references(tags: Sequence[tuple[Tag, str]]) -> Iterator[Mistake]:
    """Yield the references whose key no caption of the whole template can have.

    A key that is put together, ``"log-" ~ i.nomor``, stands for all that begin alike.

    Args:
        tags: all tags of the template, each with the part that it is in.
    """
    calls = [
        (seat, call) for seat in tags if "(" in (tag := seat[0]).body for call in _CALL.finditer(tag.body)
    ]
    numbering = [
        call for _, call in calls if call["function"] in FUNCTIONS and call["function"] not in _NOT_NUMBERING
    ]
    keys = {call["key"] for call in numbering if call["rest"] in (",", ")")}
    prefixes = tuple(_prefix(call) for call in numbering if call["rest"] not in (",", ")"))
    for (tag, part), call in calls:
        key = call["key"]
        if (
            call["function"] == "rujuk"
            and call["rest"] == ")"
            and key not in keys
            and not key.startswith(prefixes)
        ):
            reason = f"tidak ada tabel atau gambar dengan kunci «{key}».{suggestion(key, sorted(keys))}"
            yield replace(tag.problem(reason), part=part)


def _prefix(call: re.Match[str]) -> str:
    """How the keys begin that a call puts together."""
    return call["key"] if call["rest"] == "~" else ""
