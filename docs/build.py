"""Write the pages that are made from the program: ``python -m docs.build``. Tests compare them."""

from pathlib import Path

from docs.command_page import command_page
from docs.istilah import glossary_markdown, read_glossary
from docs.reference_pages import fields_page, rules_page
from docs.workbook_pages import sheet_pages

DOCS = Path(__file__).parent


def pages() -> dict[str, str]:
    """File name -> content of each page."""
    return {
        "aturan.md": rules_page(),
        "istilah.md": glossary_markdown(read_glossary()),
        "isian.md": fields_page(),
        "perintah.md": command_page(),
    } | sheet_pages()


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
