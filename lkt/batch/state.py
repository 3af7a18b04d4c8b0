"""What a batch remembers of each workbook, so that an unchanged one is not built again.

One small JSON file a workbook, in the folder ``.lkt`` of the output folder: what the report was made from, by
digest, and what came of it. It is written after the report, so that a run that was stopped goes on there.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lkt.batch.discovery import STATE
from lkt.errors import OutputError
from lkt.files import why
from lkt.recap.codec import decode, encode
from lkt.recap.ringkasan import Ringkasan

_VERSION = 1
_MISSING = ""
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, OSError)


@dataclass(frozen=True, slots=True)
class Memory:
    """One workbook as it was when its report was built.

    Attributes:
        inputs: path -> SHA-256 of each file that the report depends on; empty for one that was not there.
        options: what else it depends on: template, version, options.
        outputs: file name, relative to the output folder -> SHA-256 as it was written.
        ringkasan: what came of it.
        finished: what LibreOffice has done for the report; empty for nothing.
    """

    inputs: Mapping[str, str]
    options: Mapping[str, str]
    outputs: Mapping[str, str]
    ringkasan: Ringkasan
    finished: str = ""


def memory_path(out: Path, workbook: Path) -> Path:
    """Where the memory of a workbook is kept."""
    return out / STATE / f"{mark_of(workbook)[:20]}.json"


@lru_cache(maxsize=1)  # it is asked for time and again while one workbook is worked out
def mark_of(workbook: Path) -> str:
    """What a workbook is known by in names of files, wherever the batch is run from."""
    return hashlib.sha256(os.fsencode(workbook.resolve())).hexdigest()


def remember(path: Path, memory: Memory) -> None:
    """Keep a memory.

    It is written as it stands, not aside and moved into place: half of one is none, and its report is built
    again.

    Raises:
        OutputError: it cannot be written.
    """
    data = {
        "version": _VERSION,
        "inputs": dict(memory.inputs),
        "options": dict(memory.options),
        "outputs": dict(memory.outputs),
        "ringkasan": encode(memory.ringkasan),
        "finished": memory.finished,
    }
    # a file name need not be UTF-8; what Python makes of it is kept as it stands
    content = json.dumps(data, ensure_ascii=False).encode(errors="surrogatepass")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputError(f"“{path}” tidak dapat ditulis: {why(error)}.") from None


def recall(path: Path) -> Memory | None:
    """The memory that was kept; None where there is none, or none that can be read."""
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != _VERSION:
            return None
        return Memory(
            data["inputs"], data["options"], data["outputs"], decode(data["ringkasan"]), data["finished"]
        )
    except _BROKEN:
        return None


def is_current(memory: Memory, options: Mapping[str, str], out: Path) -> bool:
    """Whether a report would come out as it did: the same files, the same options, and it is still there."""
    return (
        memory.options == options
        and all((out / name).is_file() for name in memory.outputs)
        and digests([Path(path) for path in memory.inputs]) == memory.inputs
    )


def digests(paths: Sequence[Path]) -> dict[str, str]:
    """Path -> SHA-256 of the file there; empty for one that cannot be read."""
    return {str(path): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return _MISSING
