"""The program run in this process, as an operator runs it, and its output."""

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from lkt.cli import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def run(*arguments: object, cwd: Path | None = None, encoding: str = "utf-8") -> Ran:
    """Run ``lkt`` with arguments, in a folder; what it raises besides an exit is a bug and comes through."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2))
    with (
        contextlib.chdir(cwd or Path.cwd()),
        patch.object(sys, "argv", ["lkt", *map(str, arguments)]),
        patch.object(sys.modules["__main__"], "__package__", ""),  # or it is called by pytest's name
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode(encoding))
    assert isinstance(code, int)
    return Ran(code, *texts)


def names(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}
