"""The example of the README works on a template that has nothing to do with a kecamatan."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lkt import wordtemplate
from tests.builders import EXAMPLES
from tests.wordtemplate.docx_builder import findings, lines, make

README = Path(wordtemplate.__file__).with_name("README.md")
INVITATION = (
    "Kepada {{ nama }}",
    [
        ["Jam", "Acara"],
        ["{%tr for a in agenda %}", ""],
        ["{{ a.jam }}", "{{ a.isi }}"],
        ["{%tr endfor %}", ""],
    ],
)


def test_the_example(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "undangan.docx").write_bytes(make(*INVITATION))
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent)}
    subprocess.run([sys.executable, "-c", example], cwd=tmp_path, env=environment, check=True)
    letter = (tmp_path / "undangan-budi.docx").read_bytes()
    assert lines(letter) == [
        "Kepada Budi & Co.", "Jam | Acara", "09.00 | Pembukaan", "10.00 | Kerja\nkelompok",
    ]  # fmt: skip
    assert findings(letter) == []


def test_it_tells_where_to_look() -> None:
    code = {path.name: path.read_text(encoding="utf-8") for path in README.parent.glob("*.py")}
    text = README.read_text(encoding="utf-8")
    assert all(name in code for name in re.findall(r"`(\w+\.py)`", text))
    for name in re.findall(r"`(?:\w+\.)?(_?\w+)`", text):
        assert name == "py" or any(f"def {name}(" in source for source in code.values()), name


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "senduro-2024-tw1.xlsx"], ["show", "senduro-2024-tw1.xlsx"]]
)
def test_commands_that_read_no_word_file_load_neither_python_docx_nor_jinja(arguments: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['lkt', *{arguments}]\n"
        "import lkt.cli\n"
        "try: lkt.cli.main()\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'docx', 'jinja2'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=EXAMPLES, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
