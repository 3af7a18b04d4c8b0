"""Make the pictures of the README from the running program: ``python -m docs.pictures``.

Needs LibreOffice and poppler for the page of the report, Chromium for the recap.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console, Group
from rich.text import Text

from lkt.batch.running import Order, run_batch
from lkt.batch.view import PlainProgress
from lkt.formats.brief import brief_view
from lkt.pipeline import Result, run
from lkt.report.build import build_report, read_template
from lkt.workbook.corrections import corrections
from lkt.workbook.reader import read_workbook

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "gambar"
PAGE = 3  # the ikhtisar
LINES = 38


def page_of_report(result: Result) -> None:
    """One page of the example's report as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "laporan.docx"
        document.write_bytes(build_report(result, *read_template(None)))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(document)]
        subprocess.run(convert, check=True, capture_output=True)
        target = PICTURES / "laporan"
        only = ["-f", str(PAGE), "-l", str(PAGE), "-r", "80", "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *only, str(document.with_suffix(".pdf")), str(target)], check=True)


def output_of_check() -> str:
    """The first lines that ``lkt check`` prints for the faulty example, as SVG; a test compares its text."""
    path = "examples/senduro-2024-tw1-asli.xlsx"
    result = run(read_workbook(ROOT / path))
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(f"$ lkt check {path}", style="bold green")
    lines = console.render_lines(Group(*brief_view(path, result, corrections(result))), pad=False)
    for segments in lines[:LINES]:
        console.print(Text.assemble(*((part.text, part.style or "") for part in segments)))
    return console.export_svg(title="lkt check", unique_id="lkt-check")


def recap_in_the_browser() -> None:
    """The recap of the made-up kabupaten as Chromium shows it, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        order = Order((ROOT / "examples" / "lumajang-2024",), Path(folder), pages=False)
        run_batch(order, PlainProgress(sys.stderr))
        target = PICTURES / "rekap.png"
        look = ["--no-sandbox", "--hide-scrollbars", "--window-size=1280,1000", f"--screenshot={target}"]
        page = (Path(folder) / "index.html").as_uri()
        subprocess.run(["chromium", "--headless", *look, page], check=True, capture_output=True)
    with Image.open(target) as image:
        image.quantize(64).save(target, optimize=True)


if __name__ == "__main__":
    recap_in_the_browser()
    page_of_report(run(read_workbook(ROOT / "examples" / "senduro-2024-tw1.xlsx")))
    (PICTURES / "check.svg").write_text(output_of_check(), encoding="utf-8", newline="\n")
