"""The words that the user reads: kata.txt holds those that someone has looked at, so that a new one is seen.

``python -m tests.istilah.kata`` shows new words with their places; ``--tambah`` puts them in, after review.
Words that are read nowhere any more are taken out then.
"""

import re
import sys
from collections.abc import Iterable
from itertools import islice

from tests.istilah.checks import prose
from tests.istilah.sources import all_texts
from tests.istilah.texts import REVIEWED, Text, reviewed

_WORD = re.compile(r"[^\W\d_]{2,}")


def words_of(text: str) -> set[str]:
    """The words of a text in small letters; each part of a compound by itself."""
    return {word.lower() for word in _WORD.findall(prose(text))}


def places(texts: Iterable[Text]) -> dict[str, list[str]]:
    """Word -> where it stands."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for word in words_of(text.text):
            found.setdefault(word, []).append(text.place)
    return found


def unknown(texts: Iterable[Text], known: Iterable[str]) -> list[str]:
    """One line for each word that nobody has looked at, with its first places."""
    found = places(texts)
    return [f"{word}: {', '.join(islice(found[word], 3))}" for word in sorted(found.keys() - set(known))]


def main(*arguments: str) -> None:
    """Show the new words; put them in when asked."""
    texts = list(all_texts())
    for line in unknown(texts, reviewed()):
        sys.stdout.write(f"{line}\n")
    if arguments == ("--tambah",):
        REVIEWED.write_text(
            "".join(f"{word}\n" for word in sorted(places(texts))), encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
