"""The order that the schema prescribes for the children of the three elements that get new ones."""

from lkt.workbook.patch.markup import Element, m

_ORDERS = {
    "workbook": """fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups
        externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr
        smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst""",
    "worksheet": """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
        protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
        phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
        headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
        legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts
        extLst""",
    "styleSheet": """numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors
        extLst""",
}
_RANKS = {
    m(root): {m(name): rank for rank, name in enumerate(names.split())} for root, names in _ORDERS.items()
}


def insert_in_order(root: Element, child: Element) -> None:
    """Put a child where the schema wants it: after the last one that may stand before it."""
    ranks = _RANKS[str(root.tag)]
    position, last = 0, len(ranks)
    for number, other in enumerate(root, 1):
        if ranks.get(str(other.tag), last) <= ranks[str(child.tag)]:
            position = number
    root.insert(position, child)
