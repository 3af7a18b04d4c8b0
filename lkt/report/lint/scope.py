"""The names that a tag may use where it stands."""

from collections.abc import Iterator, Mapping

from lkt.report.lint.kinds import Kind


class Scope:
    """The names of the top level, and those of the loops and settings around the present tag.

    Args:
        top: the fields of a report.
        loops: every name that some loop of the template gives its items -> the loop as it is written.
    """

    def __init__(self, top: Kind, loops: Mapping[str, str]) -> None:
        self.top = top
        self.loops = loops
        self._frames: list[dict[str, Kind]] = [{}]

    def enter(self, names: Mapping[str, Kind]) -> None:
        """Go into a loop that gives those names."""
        self._frames.append(dict(names))

    def leave(self) -> None:
        """Go out of the innermost loop, if there is one."""
        if len(self._frames) > 1:
            self._frames.pop()

    def bind(self, name: str, kind: Kind) -> None:
        """Give a name a value until the innermost loop ends."""
        self._frames[-1][name] = kind

    def find(self, name: str) -> Kind | None:
        """What a name stands for; None when there is no such name here."""
        for frame in reversed(self._frames):
            if name in frame:
                return frame[name]
        return self.top.fields.get(name)

    def local(self) -> Iterator[tuple[str, Kind]]:
        """The names of loops and settings, the innermost first."""
        for frame in reversed(self._frames):
            yield from frame.items()
