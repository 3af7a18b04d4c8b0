"""The templates that come with the program."""

from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from lkt.bahasa import nearest
from lkt.errors import TemplateError

_SUFFIX = ".docx"


def shipped_templates() -> Mapping[str, Traversable]:
    """Name without its suffix -> file, in the order of the names."""
    packaged = resources.files("lkt") / "templates"
    folder: Traversable = packaged if packaged.is_dir() else Path(__file__).parents[2] / "templates"
    files = sorted((file for file in folder.iterdir() if _is_template(file.name)), key=lambda file: file.name)
    return {file.name.removesuffix(_SUFFIX): file for file in files}


def _is_template(name: str) -> bool:
    return name.endswith(_SUFFIX) and not name.startswith("~$")  # Word's own mark of a file that is open


def shipped_template(name: str) -> bytes:
    """The bytes of one of them.

    Raises:
        TemplateError: there is none of that name; the hint names those there are.
    """
    known = shipped_templates()
    file = known.get(name.removesuffix(_SUFFIX))
    if file is None:
        guess = nearest(name, known)
        hint = f"Maksud Anda {guess}? " if guess else ""
        raise TemplateError(
            f"Templat bawaan “{name}” tidak ada.", hint=f"{hint}Yang ada: {', '.join(known)}."
        )
    return file.read_bytes()
