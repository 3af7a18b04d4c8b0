"""JUnit XML, for a pipeline that checks the workbooks of many kecamatan and shows what changed.

There is no one JUnit format. This is the part that Jenkins, GitLab, Azure DevOps and the GitHub actions for
test reports have in common: testsuites, testsuite, testcase with failure, error or system-out.

- GitLab tells test cases apart by class and name alone, so the class begins with the file. Jenkins takes what
  stands before the last dot as the package: it lists the files, in each the families of rules.
- Jenkins and GitLab show one failure a test case, so all findings of a rule stand in one.
- Only a failure turns a pipeline red. Errors are failures; warnings, notes and accepted findings are in
  system-out, which Jenkins and GitLab show, and the test case passes, as ``lkt build`` does.
- A file that cannot be read is an error, as a test that could not run. Every file has the test case "Berkas
  terbaca", so that its return is seen as a repair.
- No time and no host: the same findings give the same bytes. They are ASCII, as a redirection in PowerShell
  gives a file another encoding.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence

from lkt.bahasa import squeeze
from lkt.errors import LktError
from lkt.findings import Finding, Severity, Unchecked
from lkt.formats.json import Checked
from lkt.formats.places import compact
from lkt.formats.rules import FAMILY_NAMES, LEVELS
from lkt.pipeline import Result
from lkt.rules import RULES
from lkt.rules.base import Rule

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_READ = "Berkas terbaca"


def findings(files: Sequence[Checked], rules: Sequence[Rule] = RULES) -> str:
    """The findings of many files, a test suite each.

    Args:
        files: what was checked.
        rules: the rules that the operator asked for; each is a test case of every file.
    """
    root = ET.Element("testsuites", name="lkt check")
    suites = [_suite(root, checked, rules) for checked in files]
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    ET.indent(root)
    return f'<?xml version="1.0"?>\n{ET.tostring(root, encoding="us-ascii").decode("ascii")}\n'


def _suite(root: ET.Element, checked: Checked, rules: Iterable[Rule]) -> ET.Element:
    suite = ET.SubElement(root, "testsuite", name=_line(checked.path))
    case = _case(suite, f"{checked.path}.Berkas", _READ)
    if isinstance(checked.outcome, LktError):
        error = ET.SubElement(case, "error", type="unreadable", message=_line(checked.outcome.message))
        error.text = _text([checked.outcome.message, checked.outcome.hint])
    else:
        for rule in rules:
            _rule(suite, checked.path, rule, checked.outcome)
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        suite.set(name, str(len(list(suite.iter(tag)))))
    return suite


def _case(suite: ET.Element, class_name: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_line(class_name), name=_line(name), time="0")


def _rule(suite: ET.Element, path: str, rule: Rule, result: Result) -> None:
    """The test case of a rule: a failure where it found errors, and what else is to be said of it."""
    case = _case(suite, f"{path}.{_family(rule)}", f"{rule.code} {rule.title}")
    mine = [finding for finding in result.findings if finding.code == rule.code]
    errors = [finding for finding in mine if finding.severity is Severity.ERROR and not finding.accepted]
    if errors:
        failure = ET.SubElement(case, "failure", type=Severity.ERROR.value, message=_message(errors))
        failure.text = _text(_described(errors))
    others = [finding for finding in mine if finding not in errors]
    said = [*_described(others), *_passed_over(rule, result.unchecked)]
    if said:
        ET.SubElement(case, "system-out").text = _text(said)


def _family(rule: Rule) -> str:
    """The name of the rule's family; a dot would divide the class once more."""
    return FAMILY_NAMES.get(rule.code[0], rule.code[0]).replace(".", "")


def _message(errors: Sequence[Finding]) -> str:
    """One line for a list of failures: the first finding, and how many more there are."""
    more = f" (dan {len(errors) - 1} temuan lain)" if errors[1:] else ""
    return _line(f"{compact(errors[0].refs)}: {errors[0].message}{more}")


def _described(findings: Iterable[Finding]) -> Iterator[str]:
    """Each finding as a paragraph."""
    for finding in findings:
        lines = [
            f"{LEVELS[finding.severity][0]} {compact(finding.refs)}: {finding.message}",
            *_comparison(finding),
            f"Perbaikan: {finding.hint}" if finding.hint else "",
            f"Diterima: {finding.accepted}" if finding.accepted else "",
        ]
        yield "\n".join(line for line in lines if line)


def _comparison(finding: Finding) -> Iterator[str]:
    if finding.expected:
        parts = {"tertulis": finding.written, "seharusnya": finding.expected, "selisih": finding.difference}
        yield " · ".join(f"{name} {value}" for name, value in parts.items() if value)


def _passed_over(rule: Rule, unchecked: Iterable[Unchecked]) -> Iterator[str]:
    """The cells that the rule said nothing about."""
    for cell in unchecked:
        if rule.code in cell.codes:
            yield f"Tidak diperiksa: {cell.ref} ({cell.subject}), {cell.reason}"


def _text(paragraphs: Iterable[str]) -> str:
    """Paragraphs without what XML cannot hold."""
    return _NOT_XML.sub("", "\n\n".join(part for part in paragraphs if part))


def _line(text: str) -> str:
    """One line, for an attribute."""
    return squeeze(_NOT_XML.sub("", text))
