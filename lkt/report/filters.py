"""The filters of a Word template: tiny functions on what the context holds."""

from collections.abc import Callable, Mapping, Sequence

from lkt.bahasa import join_and, spell_number


def bilang(number: int) -> str:
    """A count with its words, as official letters write it: 2 (dua)."""
    return f"{number} ({spell_number(number)})"


def daftar(items: Sequence[str]) -> str:
    """Names in a sentence: A, B, dan C."""
    return join_and(list(items))


def kutip(items: Sequence[str]) -> list[str]:
    """Each name in quotation marks."""
    return [f"“{item}”" for item in items]


def kapital(text: str) -> str:
    """All in capitals."""
    return text.upper()


def kalimat(text: str) -> str:
    """The first letter a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[..., object]] = {
    "bilang": bilang,
    "daftar": daftar,
    "kutip": kutip,
    "kapital": kapital,
    "kalimat": kalimat,
}
"""The filters by the name that a template uses."""
