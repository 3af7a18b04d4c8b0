"""The pictures show the program as it is."""

import re
from html import unescape

from docs.pictures import PICTURES, output_of_check

_TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")


def words(svg: str) -> list[str]:
    """What a picture says; how rich draws it differs from version to version."""
    return unescape(" ".join(_TEXT.findall(svg))).replace("\xa0", " ").split()


def test_the_picture_of_check_shows_what_check_prints() -> None:
    shown = words((PICTURES / "check.svg").read_text(encoding="utf-8"))
    assert "I102" in shown
    assert shown == words(output_of_check()), "python -m docs.pictures"
