"""Any Word template, filled in with Jinja; README.md beside this file says what for and shows how.

These are all the names that the rest of the program uses: what a template prints (``Field``, ``Catalogue``,
``Picture``, ``Chart`` …), filling it in (``compile_template``, ``Template``, ``number_pages``), checking it
(``inspect_template``, ``annotated``), and Word files as they are (``open_document``, ``save``, ``parse`` …).
"""

from lkt.wordtemplate.contents import is_unnumbered, number_pages, on_paper
from lkt.wordtemplate.document import (
    Element,
    Properties,
    UnreadablePartError,
    add_custom_properties,
    custom_properties,
    open_document,
    parse,
    related,
    save,
    w,
)
from lkt.wordtemplate.fields import Catalogue, Field, FieldEntry, Item, build
from lkt.wordtemplate.inspection import annotated, inspect_template
from lkt.wordtemplate.sandbox import FILTERS, FUNCTIONS
from lkt.wordtemplate.tags import Mistake
from lkt.wordtemplate.template import Inspection, Template, compile_template, print_tag
from lkt.wordtemplate.typesetting import Typography, typeset
from lkt.wordtemplate.values import (
    Chart,
    LabelPlace,
    Picture,
    Plot,
    Quotient,
    Scale,
    Series,
    StyledText,
    clean,
    colour_code,
)

__all__ = [
    "FILTERS",
    "FUNCTIONS",
    "Catalogue",
    "Chart",
    "Element",
    "Field",
    "FieldEntry",
    "Inspection",
    "Item",
    "LabelPlace",
    "Mistake",
    "Picture",
    "Plot",
    "Properties",
    "Quotient",
    "Scale",
    "Series",
    "StyledText",
    "Template",
    "Typography",
    "UnreadablePartError",
    "add_custom_properties",
    "annotated",
    "build",
    "clean",
    "colour_code",
    "compile_template",
    "custom_properties",
    "inspect_template",
    "is_unnumbered",
    "number_pages",
    "on_paper",
    "open_document",
    "parse",
    "print_tag",
    "related",
    "save",
    "typeset",
    "w",
]
