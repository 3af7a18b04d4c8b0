"""Every command writes where it says it will and nowhere else; the source distribution holds what is kept."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder

from tests.builders import EXAMPLES
from tests.test_cli import FAULTY, GOOD, REPORT

ROOT = EXAMPLES.parent
WRITES: list[tuple[str, set[str]]] = [
    (f"check {GOOD.name}", set()),
    (f"check {FAULTY.name} --format html", set()),
    (f"check {FAULTY.name} --annotate", {f"{FAULTY.stem} (diperiksa).xlsx"}),
    (f"check {FAULTY.name} --fix", {f"{FAULTY.stem} (diperbaiki).xlsx"}),
    (f"show {GOOD.name}", set()),
    (f"build {GOOD.name} --no-pages", {REPORT}),
    (f"build {GOOD.name} --no-pages -o lain/hasil.docx", {"lain/hasil.docx"}),
    (f"build {GOOD.name} --no-pages -o rusak.docx --template rusak.dotx", set()),
    (f"verify lain/hasil.docx {GOOD.name}", set()),
    ("new baru.xlsx --kecamatan Contoh --tahun 2025 --triwulan 2", {"baru.xlsx"}),
    (f"new lanjut.xlsx --from {GOOD.name}", {"lanjut.xlsx"}),
    ("template init", {"templat-laporan.docx"}),
    ("template check templat-laporan.docx", set()),
    ("explain A101", set()),
    ("rules", set()),
    ("doctor", set()),
    ("--version", set()),
    (
        f"batch {GOOD.name} -o hasil --no-pages --jobs 1",
        {"hasil/.lkt/kunci", "hasil/.lkt/rekap.xlsx.sha256", f"hasil/{REPORT}"}
        | {f"hasil/{name}" for name in ("rekap.xlsx", "rekap.docx", "index.html")},
    ),
]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.skipif(sys.platform == "win32", reason="temporary files lie elsewhere on Windows")
def test_every_command_writes_where_it_says(tmp_path: Path) -> None:
    places = {name: tmp_path / name for name in ("kantor", "rumah", "sementara")}
    for place in places.values():
        place.mkdir()
    office = places["kantor"]
    for path in (GOOD, FAULTY, *EXAMPLES.glob("foto-*.jpg")):
        shutil.copy(path, office)
    (office / "lain").mkdir()
    (office / "rusak.dotx").write_bytes(b"PK")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(places["rumah"]),
        "TMPDIR": str(places["sementara"]),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for command, written in WRITES:
        before = files(office)
        done = subprocess.run(
            [sys.executable, "-m", "lkt", *command.split(" ")],
            cwd=office,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        after = files(office)
        pages = {name for name in after if name.startswith("hasil/temuan/")}
        assert after.keys() - before.keys() - pages == written, (command, done.stderr)
        assert {name: data for name, data in after.items() if name in before} == before, command
    assert files(places["rumah"]) == {}
    assert all(name.startswith(f"_jinja2-cache-{os.getuid()}/lkt-") for name in files(places["sementara"]))


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no working copy of git")
def test_the_source_distribution_holds_what_is_kept(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    kept = {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}
    (path,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path))
    with tarfile.open(path) as archive:
        held = {member.name.partition("/")[2] for member in archive if member.isfile()}
    assert held - {"PKG-INFO"} == {name for name in kept if not name.startswith(".github/")}
