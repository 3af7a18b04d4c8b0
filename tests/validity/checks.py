"""What must hold of every file that lkt produces."""

import getpass
import platform
import re
import zipfile
from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import ooxml_integrity
import openxml_audit
from lxml import etree
from openxml_audit.schema.validator import SchemaValidator
from openxml_audit.semantic.constraints import cross_part


def complaints(path: Path) -> list[str]:
    """What two validators say of a file.

    ooxml-integrity knows Word and PowerPoint: of a .xlsx it looks at the package, and PKG006 only says so.
    """
    audit = audited(path)
    found = ooxml_integrity.check(str(path))
    own = [each for each in found if each.severity != ooxml_integrity.INFO and each.code != "PKG006"]
    return [str(each) for each in (*audit, *own, *wrong_roots(path))]


def wrong_roots(path: Path) -> list[str]:
    """The worksheets with another root: neither validator minds, and LibreOffice shows them empty."""
    with zipfile.ZipFile(path) as package:
        roots = {
            name: etree.QName(etree.fromstring(package.read(name))).localname
            for name in package.namelist()
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)
        }
    return [f"{name}: {root}" for name, root in roots.items() if root != "worksheet"]


def audited(path: Path) -> list[openxml_audit.ValidationError]:
    """What openxml-audit says of a file; all share one validator, which learns the schema once."""
    errors: list[openxml_audit.ValidationError] = _validator().validate(str(path)).errors
    return errors


_REPEATED = frozenset({"p", "tr", "row", "style", "xf", "font", "comment", "dataValidation"})


class _Remembering(SchemaValidator):  # type: ignore[misc]
    """Knows the elements that were sound: one report has most of its styles and paragraphs from another."""

    def __init__(self) -> None:
        super().__init__()
        self._sound = set[bytes]()

    def _validate_element(
        self, element: Any, context: Any, ignorable_ns: frozenset[str] = frozenset()
    ) -> None:
        if etree.QName(element).localname not in _REPEATED:
            super()._validate_element(element, context, ignorable_ns)
            return
        written, before = etree.tostring(element, with_tail=False), len(context.errors)
        if written not in self._sound:
            super()._validate_element(element, context, ignorable_ns)
            if len(context.errors) == before:
                self._sound.add(written)


@cache
def _validator() -> openxml_audit.OpenXmlValidator:
    """It remembers what parts hold by the ``id`` of their package, which a later package may get again."""
    numbers, further = WeakKeyDictionary[Any, int](), count()
    vars(cross_part)["id"] = lambda package: numbers.setdefault(package, next(further))
    validator = openxml_audit.OpenXmlValidator()
    validator._schema_validator = _Remembering()
    return validator


def leaks(data_of: Path, secrets: Iterable[str]) -> list[str]:
    """The parts of a file that tell where it was made: a folder, and what user and computer are called."""
    with zipfile.ZipFile(data_of) as package:
        parts = {name: package.read(name) for name in package.namelist()}
        told = [*secrets, *_of_this_computer()]
        stamps = {each.date_time for each in package.infolist()}
    found = [name for name, content in parts.items() if any(secret.encode() in content for secret in told)]
    return [
        *found,
        *(f"a time of day: {stamp}" for stamp in sorted(stamps) if stamp != (1980, 1, 1, 0, 0, 0)),
    ]


def _of_this_computer() -> list[str]:
    """Names that are long enough not to stand in a file by chance."""
    names = (getpass.getuser(), platform.node(), str(Path.home()))
    return [name for name in names if len(name) > 5]
