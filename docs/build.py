"""Write the pages that are made from the program: ``python -m docs.build``. Tests compare them."""

from pathlib import Path

from docs.command_page import command_page
from docs.istilah import glossary_markdown, read_glossary
from docs.workbook_pages import sheet_pages
from lkt.formats.outcomes import fields_markdown
from lkt.formats.rule_pages import rules_markdown
from lkt.report.templates import field_entries, filter_entries, function_entries
from lkt.rules import RULES

DOCS = Path(__file__).parent


def pages() -> dict[str, str]:
    """File name -> content of each page."""
    return {
        "aturan.md": rules_markdown(RULES),
        "istilah.md": glossary_markdown(read_glossary()),
        "isian.md": fields_markdown(field_entries(), function_entries(), filter_entries()),
        "perintah.md": command_page(),
    } | sheet_pages()


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
