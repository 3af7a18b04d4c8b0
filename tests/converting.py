"""Files as LibreOffice itself opens, calculates and saves them."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

SavedAs = Callable[[str, Mapping[str, bytes]], dict[str, bytes]]
"""A kind of file, such as pdf, and files by name -> what LibreOffice saves of each, by the same names."""


def save_as(program: str, folder: Path, kind: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files in one run; runs in one folder share a profile, which costs seconds to make."""
    out = folder / "out"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(out)]
    sources = [str(folder / name) for name in files]
    subprocess.run([*command, *sources], check=True, capture_output=True, timeout=240)
    saved = {name: (out / name).with_suffix(f".{kind.partition(':')[0]}") for name in files}
    return {name: path.rename(folder / f"{path.name}.saved").read_bytes() for name, path in saved.items()}
