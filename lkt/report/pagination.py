"""Page numbers of the lists of a report: LibreOffice lays the pages out, and tells where each bookmark is.

A copy of the report, with a bookmark at the start of each section, becomes a PDF. In it each bookmark is a
named destination, so the page of an entry is known; its printed number follows from the section it is in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lkt.libreoffice import LibreOfficeError, convert
from lkt.report.contents import ANCHOR
from lkt.report.entries import page_field
from lkt.report.package import read_parts, write_parts
from lkt.report.sections import printed_numbers, sections
from lkt.report.wordml import Element, element, parse, serialize, w

_MAIN = "word/document.xml"
_PROBE = "lkt"  # letters and digits alone: LibreOffice writes other characters of a name in codes
_PLACEHOLDER = "0"  # takes the room of a number while the pages are laid out
_INSTRUCTION = f".//{w('instrText')}"
_NAMES = ((w("bookmarkStart"), w("name")), (w("hyperlink"), w("anchor")))

Convert = Callable[[Sequence[Path], Path], Sequence[Path]]


def number_pages(reports: Sequence[bytes], to_pdf: Convert = convert) -> list[bytes]:
    """The reports with the page numbers of their lists filled in, by one run of LibreOffice.

    A report without such a list, or with all its numbers, comes back as it is.

    Args:
        reports: .docx files as the template wrote them.
        to_pdf: makes PDF files of Word files, in a folder.

    Raises:
        LibreOfficeError: it is missing, takes too long, or does not tell the pages.
    """
    done = list(reports)
    unnumbered = [index for index, report in enumerate(reports) if is_unnumbered(report)]
    if unnumbered:
        with TemporaryDirectory(prefix="lkt-hal-") as folder:
            files = [Path(folder) / f"{index}.docx" for index in unnumbered]
            for index, file in zip(unnumbered, files, strict=True):
                file.write_bytes(_probe(reports[index]))
            for index, pdf in zip(unnumbered, to_pdf(files, Path(folder)), strict=True):
                done[index] = _filled(reports[index], _destinations(pdf))
    return done


def is_unnumbered(report: bytes) -> bool:
    """Whether the report has list entries without a page number."""
    return next(_entries(_tree(report)), None) is not None


def _tree(report: bytes) -> Element:
    return parse(read_parts(report, "laporan")[_MAIN])


def _with_tree(report: bytes, root: Element) -> bytes:
    return write_parts(read_parts(report, "laporan") | {_MAIN: serialize(root)})


def _entries(root: Element) -> Iterator[tuple[Element, str]]:
    """The links of list entries that have no page yet, with the names of their bookmarks."""
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor")) or ""
        fields = "".join(instruction.text or "" for instruction in link.iterfind(_INSTRUCTION))
        if anchor.startswith(ANCHOR) and "PAGEREF" not in fields:
            yield link, anchor


def _probe(report: bytes) -> bytes:
    """The report as LibreOffice gets it: entries as long as they will be, and bookmarks it can tell of."""
    root = _tree(report)
    for link, anchor in list(_entries(root)):
        link.extend(page_field(anchor, _PLACEHOLDER))
    for kind, attribute in _NAMES:
        for node in root.iter(kind):
            node.set(attribute, _probe_name(node.get(attribute) or ""))
    for number, section in enumerate(list(sections(root))):
        position = int(section.first.find(w("pPr")) is not None)
        identifier = str(10**6 + number)
        section.first.insert(position, element("bookmarkEnd", id=identifier))
        section.first.insert(position, element("bookmarkStart", id=identifier, name=_section_name(number)))
    return _with_tree(report, root)


def _probe_name(anchor: str) -> str:
    return f"{_PROBE}{anchor[1:]}" if anchor.startswith(ANCHOR) else anchor


def _section_name(number: int) -> str:
    return f"{_PROBE}Bagian{number}"


def _destinations(pdf: Path) -> dict[str, int]:
    """The page of each bookmark in a PDF, counted from 0."""
    import pypdf  # noqa: PLC0415 - only who has the pages laid out pays for it

    with pypdf.PdfReader(pdf) as reader:
        found = {
            name.removeprefix("/"): reader.get_destination_page_number(destination)
            for name, destination in reader.named_destinations.items()
        }
    return {name: page for name, page in found.items() if page is not None}


def _filled(report: bytes, pages: Mapping[str, int]) -> bytes:
    root = _tree(report)
    found = list(sections(root))
    entries = list(_entries(root))
    try:
        begins = [pages[_section_name(number)] for number in range(len(found))]
        wanted = [pages[_probe_name(anchor)] for _, anchor in entries]
    except KeyError:
        raise LibreOfficeError(
            "LibreOffice tidak memberi tahu letak setiap judul.",
            "Pakai LibreOffice 7.4 atau yang lebih baru.",
        ) from None
    for (link, anchor), number in zip(entries, printed_numbers(found, begins, wanted), strict=True):
        link.extend(page_field(anchor, number))
    return _with_tree(report, root)
