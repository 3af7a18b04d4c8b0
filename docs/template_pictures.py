"""Make the pictures of docs/templat.md from the running program: ``python -m docs.template_pictures``.

Needs LibreOffice and poppler. Comments are printed in the margin, which LibreOffice does on paper alone.
"""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from docs.guide import edited_template, examples
from docs.pictures import PICTURES, ROOT
from lkt.pipeline import run
from lkt.report.build import build_report
from lkt.report.templates import inspect_template
from lkt.wordtemplate import annotated
from lkt.workbook.reader import read_workbook

TEXT = "wujud akuntabilitas"
"""Only the first page of BAB I has these words."""
DPI = "80"
SHOWN = ("Kecamatan {{", "| No | Program", "| Dokumen")
"""How the examples begin that are shown, by a line of theirs."""
WRONG = (
    ["Kecamatan {{ kecamatn }} melaporkan {{ periode.nma }} dengan pagu {{ pagu }}."],
    ["{%p for i in indikator %}", "{{ i.nama }}: {{ i.capain }}"],
)
WHOLE, COMMENTED = (0.0, 1.0), (0.15, 0.66)
"""From where to where a page is shown, in parts of its height."""
MARGIN = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Writer/Print/Content"><prop oor:name="Note" oor:op="fuse">'
    "<value>4</value></prop></item></oor:items>"
)


def page(document: bytes, target: str, *, comments: bool = False) -> None:
    """The first page of BAB I as PNG; with its comments only where it has text."""
    with tempfile.TemporaryDirectory() as folder:
        source, profile = Path(folder) / "a.docx", Path(folder) / "profile"
        source.write_bytes(document)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(MARGIN, encoding="utf-8")
        way = ["--print-to-file"] if comments else ["--convert-to", "pdf"]
        start = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
        subprocess.run([*start, *way, "--outdir", folder, str(source)], check=True, capture_output=True)
        picture = PICTURES / target
        number = str(_page_with(TEXT, source.with_suffix(".pdf")))
        only = ["-f", number, "-l", number, "-r", DPI, "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *only, str(source.with_suffix(".pdf")), str(picture)], check=True)
    _shrink(picture.with_suffix(".png"), *(COMMENTED if comments else WHOLE))


def _page_with(words: str, pdf: Path) -> int:
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return next(number for number, each in enumerate(text.split("\f"), start=1) if words in each)


def _shrink(path: Path, top: float, bottom: float) -> None:
    with Image.open(path) as image:
        box = (0, int(image.height * top), image.width, int(image.height * bottom))
        part = image.crop(box).quantize(64)
    part.save(path, optimize=True)


if __name__ == "__main__":
    shown = [lines for lines in examples("templat") if lines[0].startswith(SHOWN)]
    template = edited_template(shown)
    example = run(read_workbook(ROOT / "examples" / "senduro-2024-tw1.xlsx"))
    page(template, "templat")
    page(build_report(example, template, "templat-kantor.docx"), "templat-laporan")
    wrong = edited_template(WRONG)
    mistakes = inspect_template(wrong, "templat-kantor.docx").mistakes
    page(annotated(wrong, "templat-kantor.docx", mistakes), "templat-diperiksa", comments=True)
