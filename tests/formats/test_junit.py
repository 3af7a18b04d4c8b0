"""JUnit XML: what fails, what is told, and that it is XML whatever a workbook holds."""

import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkt.errors import UnreadableWorkbookError
from lkt.findings import Finding, Severity, Unchecked
from lkt.formats.json import Checked
from lkt.formats.junit import findings
from lkt.model import Ref
from lkt.pipeline import Result, run
from lkt.rules import RULES
from lkt.workbook.reader import read_workbook
from tests.builders import EXAMPLES, base, dataset, edit


@dataclass(frozen=True, slots=True)
class PartlyChecked(Result):
    """A result that says what could not be checked."""

    unchecked: tuple[Unchecked, ...] = ()


@cache
def clean() -> Result:
    """The check of a workbook in which nothing is wrong."""
    return run(dataset(base()))


def parsed(*files: Checked) -> ET.Element:
    """The document."""
    return ET.fromstring(findings(files))


def suite(outcome: Result | UnreadableWorkbookError) -> ET.Element:
    """The test suite of one file."""
    return parsed(Checked("data/q1.xlsx", outcome))[0]


def case(of: ET.Element, code: str) -> ET.Element:
    """The test case of a rule."""
    return next(item for item in of.iter("testcase") if item.get("name", "").startswith(code))


def with_findings(*findings: Finding) -> Result:
    """A clean workbook with these findings."""
    return replace(clean(), findings=findings)


def a103(accepted: str = "", severity: Severity = Severity.ERROR, cell: str = "I2") -> Finding:
    """One finding."""
    return Finding(
        (Ref("Anggaran", cell), Ref("Anggaran", "G2")), "Pesan.", "26%", "25,12%", "0,88 poin", "Betulkan.",
        "A103", severity, accepted,
    )  # fmt: skip


def test_a_test_case_for_every_rule() -> None:
    of = suite(clean())
    cases = list(of)
    assert [item.get("name") for item in cases] == [
        "Berkas terbaca",
        *(f"{rule.code} {rule.title}" for rule in RULES),
    ]
    assert all(len(item) == 0 for item in cases)
    assert of.attrib == {
        "name": "data/q1.xlsx",
        "tests": str(len(RULES) + 1),
        "failures": "0",
        "errors": "0",
    }
    assert case(of, "A103").get("classname") == "data/q1.xlsx.Anggaran"


def test_only_the_rules_that_were_asked_for() -> None:
    wanted = [rule for rule in RULES if rule.code.startswith("A1")]
    document = ET.fromstring(findings([Checked("q1.xlsx", clean())], wanted))
    assert document.get("tests") == str(len(wanted) + 1)


def test_no_two_test_cases_have_the_same_class_and_name() -> None:
    result = clean()
    document = parsed(Checked("a.xlsx", result), Checked("b.xlsx", result))
    keys = [(item.get("classname"), item.get("name")) for item in document.iter("testcase")]
    assert len(set(keys)) == len(keys) == 2 * (len(RULES) + 1)


def test_errors_are_one_failure_with_every_finding() -> None:
    of = suite(with_findings(a103(), a103(cell="I3")))
    failure = case(of, "A103").find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "error", "message": "Anggaran!I2, G2: Pesan. (dan 1 temuan lain)"}
    assert failure.text == (
        "KESALAHAN Anggaran!I2, G2: Pesan.\ntertulis 26% · seharusnya 25,12% · selisih 0,88 poin\n"
        "Perbaikan: Betulkan.\n\n"
        "KESALAHAN Anggaran!I3, G2: Pesan.\ntertulis 26% · seharusnya 25,12% · selisih 0,88 poin\n"
        "Perbaikan: Betulkan."
    )
    assert (of.get("failures"), of.get("errors")) == ("1", "0")


@pytest.mark.parametrize("severity", [Severity.WARNING, Severity.INFO])
def test_what_stops_nothing_is_told_and_passes(severity: Severity) -> None:
    of = suite(with_findings(a103(severity=severity)))
    assert [part.tag for part in case(of, "A103")] == ["system-out"]
    assert "Anggaran!I2, G2: Pesan." in (case(of, "A103").findtext("system-out") or "")
    assert of.get("failures") == "0"


def test_an_accepted_error_is_told_with_its_reason_and_passes() -> None:
    of = suite(with_findings(a103(accepted="Surat Nomor 7."), a103(cell="I3")))
    assert "Diterima: Surat Nomor 7." in (case(of, "A103").findtext("system-out") or "")
    assert "Anggaran!I2" not in (case(of, "A103").findtext("failure") or "")
    alone = suite(with_findings(a103(accepted="Surat Nomor 7.")))
    assert alone.get("failures") == "0"


def test_what_could_not_be_checked_is_told() -> None:
    cell = Unchecked(Ref("Anggaran", "H2"), "Realisasi", "tidak terbaca", ("A103",))
    of = suite(PartlyChecked(clean().dataset, clean().computed, (), (cell,)))
    assert (
        case(of, "A103").findtext("system-out") == "Tidak diperiksa: Anggaran!H2 (Realisasi), tidak terbaca"
    )
    assert len(case(of, "A104")) == 0


def test_an_unreadable_file_is_an_error() -> None:
    of = suite(UnreadableWorkbookError("Berkas rusak.", "Simpan ulang."))
    error = of.find("testcase/error")
    assert error is not None
    assert error.attrib == {"type": "unreadable", "message": "Berkas rusak."}
    assert error.text == "Berkas rusak.\n\nSimpan ulang."
    assert (of.get("tests"), of.get("failures"), of.get("errors")) == ("1", "0", "1")


def test_the_numbers_of_all_files_together() -> None:
    real = run(read_workbook(EXAMPLES / "senduro-2024-tw1-asli.xlsx"))
    document = parsed(Checked("a", real), Checked("b", real), Checked("c", UnreadableWorkbookError("x")))
    failing = {finding.code for finding in real.findings if finding.severity is Severity.ERROR}
    assert document.get("failures") == str(2 * len(failing))
    assert document.get("errors") == "1"
    assert document.get("tests") == str(len(list(document.iter("testcase"))))
    assert (
        findings([])
        == '<?xml version="1.0"?>\n<testsuites name="lkt check" tests="0" failures="0" errors="0" />\n'
    )


def test_every_finding_of_a_real_workbook_is_told() -> None:
    real = run(read_workbook(EXAMPLES / "senduro-2024-tw1-asli.xlsx"))
    of = suite(real)
    for finding in real.findings:
        assert finding.message in "".join(case(of, finding.code).itertext())


# Any text --------------------------------------------------------------------------------------------------

HOSTILE = (
    "]]><failure/>",
    "<script>alert(1)</script> & \"'",
    "a\x00b\x08c\x0bd\x1fe\x7f",
    "\ud800 \udfff \ufffe \uffff",
    "baris\r\nberikut\u2028lagi",
    "é ü 😀 ﷽",
)


def spoiled(text: str) -> Sequence[Checked]:
    """Files with a text in every place where one can stand."""
    refs = (Ref(text, text), Ref("Anggaran", text))
    bad = Finding(refs, text, text, text, text, text, "A103", Severity.ERROR)
    findings = (bad, replace(bad, accepted=text), replace(bad, severity=Severity.WARNING))
    cell = Unchecked(Ref(text, text), text, text, ("A103",))
    part = PartlyChecked(clean().dataset, clean().computed, findings, (cell,))
    return Checked(text, part), Checked(text, UnreadableWorkbookError(text, text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    document = findings(spoiled(text))
    assert document.isascii()
    harmless = ET.fromstring(findings(spoiled("aman")))
    assert [part.tag for part in ET.fromstring(document).iter()] == [part.tag for part in harmless.iter()]


@given(st.text(st.characters(codec=None, max_codepoint=sys.maxunicode), max_size=20))
def test_any_text_gives_a_document(text: str) -> None:
    ET.fromstring(findings(spoiled(text)))


def test_a_cell_with_control_characters_comes_through() -> None:
    result = run(dataset(edit(base(), "Fasilitasi!C2", "31\x07 Februari <2024> & seterusnya")))
    ET.fromstring(findings([Checked("q1.xlsx", result)]))
