"""A workbook as a bag of parts: XML parts are parsed once, and only those that were edited are written."""

import re

from lkt.workbook.patch.archive import Archive
from lkt.workbook.patch.errors import unreadable
from lkt.workbook.patch.markup import Element, parse, serialize


class Package:
    """The parts of a workbook by their name in the zip, without a leading slash.

    Args:
        data: the file.

    Raises:
        UnreadableWorkbookError: it is not a zip file.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._names = dict.fromkeys(self._archive.names())
        self._changes: dict[str, bytes | None] = {}
        self._roots: dict[str, Element] = {}
        self._edited: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._names

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names)

    def find(self, name: str) -> str:
        """The name of a part as the zip spells it; part names are the same in any case.

        Raises:
            UnreadableWorkbookError: there is no such part.
        """
        if name in self._names:
            return name
        for known in self._names:
            if known.casefold() == name.casefold():
                return known
        raise unreadable(f"bagian “{name}” tidak ada")

    def read(self, name: str) -> bytes:
        """The content of a part as it would be written now."""
        if name in self._edited:
            return serialize(self._roots[name], self._before(name))
        return self._before(name)

    def root(self, name: str) -> Element:
        """The root of an XML part, to look at."""
        if name not in self._roots:
            self._roots[name] = parse(self.read(name), name)
        return self._roots[name]

    def edit(self, name: str) -> Element:
        """The root of an XML part, to change."""
        root = self.root(name)
        self._edited.add(name)
        return root

    def put(self, name: str, content: bytes) -> None:
        """Add or replace a part."""
        self._forget(name)
        self._names[name] = None
        self._changes[name] = content

    def remove(self, name: str) -> None:
        """Take a part out."""
        self._forget(name)
        self._names.pop(name, None)
        self._changes[name] = None

    def free_name(self, pattern: str) -> str:
        """The next name of a numbered series of parts, such as ``xl/comments{}.xml``."""
        before, after = (re.escape(piece) for piece in pattern.split("{}"))
        matches = (re.fullmatch(rf"{before}(\d+){after}", name, re.IGNORECASE) for name in self._names)
        return pattern.format(max((int(match[1]) for match in matches if match), default=0) + 1)

    def save(self) -> bytes:
        """The file; parts that were not touched keep their compressed bytes."""
        changes = {**self._changes, **{name: self.read(name) for name in sorted(self._edited)}}
        return self._archive.replaced(changes)

    def _before(self, name: str) -> bytes:
        changed = self._changes.get(name)
        return self._archive.read(name) if changed is None else changed

    def _forget(self, name: str) -> None:
        self._roots.pop(name, None)
        self._edited.discard(name)
