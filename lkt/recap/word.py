"""``rekap.docx``: the recap through the same engine as the reports."""

import hashlib
from datetime import date, datetime, time
from functools import cache

from lkt import __version__
from lkt.recap.contoh import example_recap
from lkt.recap.fields import FIELDS
from lkt.recap.rekap import Rekap
from lkt.recap.sheets import heading
from lkt.report.filters import FILTERS
from lkt.report.lint.kinds import Kind, Known, kinds_of
from lkt.report.paper import on_paper
from lkt.report.properties import Properties
from lkt.report.shipped import shipped_template
from lkt.report.template import compile_template
from lkt.report.templatefields import build, paths
from lkt.report.trace.asal import berkas
from lkt.report.trace.seal import seal

TEMPLATE = "rekap-bupati.docx"
"""The template that comes with the program."""


def rekap_docx(rekap: Rekap, template: bytes | None = None, name: str = TEMPLATE, paper: str = "F4") -> bytes:
    """The recap as a Word file; equal recaps and templates give equal bytes.

    Args:
        rekap: the recap.
        template: the template's bytes; None for the one that comes with the program.
        name: what the user calls the template, for messages.
        paper: ``F4`` or ``A4``.

    Raises:
        TemplateError: the template has mistakes, or a tag cannot be filled; each place is told.
    """
    data = shipped_template(TEMPLATE) if template is None else template
    compiled = compile_template(on_paper(data, paper, name), name, FILTERS, KNOWN)
    document = compiled.fill(build(FIELDS, rekap), properties=_properties(rekap))
    return seal(document, berkas(name, data), None, draft=False)


@cache
def example_values() -> dict[str, object]:
    """The values of all fields in the example recap, as a template sees them. Not to be changed."""
    return build(FIELDS, example_recap())


@cache
def known_kinds() -> Kind:
    """All fields of a recap, as a group without a name."""
    return kinds_of(FIELDS, example_values())


@cache
def fields_key() -> str:
    """A digest of the names of all fields, and of the version of the program."""
    text = "\n".join((__version__, "rekap", *paths(FIELDS)))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


KNOWN = Known(fields_key, known_kinds)
"""The fields of a recap, for the check of a template."""


def _properties(rekap: Rekap) -> Properties:
    return Properties(
        title=heading(rekap),
        subject="Rekapitulasi Laporan Kinerja Triwulan",
        author=f"Pemerintah Kabupaten {rekap.kabupaten}".strip(),
        created=datetime.combine(_day(rekap), time()),
    )


def _day(rekap: Rekap) -> date:
    """The last day on which a report was signed: the same workbooks give the same bytes on any day."""
    end = rekap.triwulan.akhir if rekap.triwulan else date(2000, 1, 1)
    return rekap.jumlah.tanggal_terakhir or end
