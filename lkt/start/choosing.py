"""A command without its workbook: on a terminal the workbooks at hand are offered, elsewhere named."""

from collections.abc import Callable
from pathlib import Path

from lkt.batch.identity import Owner
from lkt.errors import LktError
from lkt.start.nearby import Nearby, label, names, quoted

_YES = frozenset({"", "y", "ya", "yes"})
_NO = frozenset({"", "t", "tidak", "batal", "n", "no", "q"})


def missing(command: str, around: Nearby) -> LktError:
    """The complaint that no workbook was named; its hint names those at hand."""
    if not around.offered:
        return LktError(
            "Buku kerja belum disebut, dan di folder ini tidak ada berkas .xlsx.",
            "Pindah ke folder buku kerja, atau buat yang baru: lkt new --help",
        )
    paths = [owner.path for owner in around.offered]
    return LktError(
        "Buku kerja belum disebut.",
        f"Di folder ini ada: {names(paths)}. Misalnya: lkt {command} {quoted(paths[0])}",
    )


def question(owners: tuple[Owner, ...]) -> str:
    """What is asked."""
    if len(owners) == 1:
        known = f" ({label(owners[0])})" if label(owners[0]) else ""
        return f"Pakai “{owners[0].path.name}”{known}? [Y/t] "
    return f"Nomor buku kerja [1-{len(owners)}], atau Enter untuk batal: "


def choice(answer: str, owners: tuple[Owner, ...]) -> Path | bool:
    """The workbook that an answer means; False for none, True where the answer is not understood."""
    word = answer.strip().casefold()
    if len(owners) == 1 and word in _YES:
        return owners[0].path
    if word in _NO:
        return False
    if word.isdecimal() and 1 <= int(word) <= len(owners):
        return owners[int(word) - 1].path
    named = [owner.path for owner in owners if owner.path.name.casefold() == word]
    return named[0] if named else True


def ask(owners: tuple[Owner, ...], read: Callable[[str], str]) -> Path | None:
    """The workbook that the user chooses; None for none.

    Args:
        owners: what is offered.
        read: shows a question and gives the answer; may raise EOFError, which means none.
    """
    while True:
        try:
            chosen = choice(read(question(owners)), owners)
        except EOFError:
            return None
        if isinstance(chosen, Path):
            return chosen
        if chosen is False:
            return None
