"""What LibreOffice does for the reports of a batch: page numbers, and PDFs; many files in one run."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lkt import libreoffice
from lkt.batch.state import memory_path, recall, remember
from lkt.batch.work import Done, Plan
from lkt.commands.building import look_at_pdf, put, sealed_pdf
from lkt.errors import LktError
from lkt.output import write_generated
from lkt.report.pagination import number_pages

PAGES, PDF = "halaman", "halaman dan pdf"
_AT_ONCE = 20


def finish_all(done: Sequence[Done], plan: Plan, told: Callable[[int], None]) -> Iterator[Done]:
    """The jobs with the page numbers of their reports, and with their PDFs where the plan asks for them.

    Args:
        done: jobs with a report that LibreOffice has not seen.
        plan: what the batch is to do.
        told: is told how many are finished, time and again.
    """
    for start in range(0, len(done), _AT_ONCE):
        some = done[start : start + _AT_ONCE]
        try:
            finished = _finish(some, plan)
        except LktError as error:
            finished = [_failed(each, error) for each in some]
        told(start + len(some))
        yield from finished


def _finish(done: Sequence[Done], plan: Plan) -> list[Done]:
    paths = [plan.out / each.ringkasan.laporan for each in done]
    documents = [path.read_bytes() for path in paths]
    # A report that was edited by hand since is printed as it is, and not touched.
    ours = [number for number, each in enumerate(done) if _is_ours(each, documents[number], plan)]
    numbered = number_pages([documents[number] for number in ours])
    for number, document in zip(ours, numbered, strict=True):
        documents[number] = document
        write_generated(paths[number], document)
    names = _pdfs(documents, paths, plan) if plan.finish == PDF else [""] * len(done)
    return [
        _remembered(each, document, name, plan)
        for each, document, name in zip(done, documents, names, strict=True)
    ]


def _is_ours(done: Done, document: bytes, plan: Plan) -> bool:
    memory = recall(memory_path(plan.out, done.job.workbook))
    return memory is not None and memory.outputs.get(done.ringkasan.laporan) == _digest(document)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _pdfs(documents: Sequence[bytes], paths: Sequence[Path], plan: Plan) -> list[str]:
    with TemporaryDirectory(prefix="lkt-pdf-") as folder:
        sources = [Path(folder) / f"{number}.docx" for number in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        made = libreoffice.convert(sources, Path(folder))
        return [
            put(
                path.with_suffix(".pdf"), sealed_pdf(pdf.read_bytes()), look_at_pdf, force=plan.force
            ).path.name
            for path, pdf in zip(paths, made, strict=True)
        ]


def _remembered(done: Done, document: bytes, pdf: str, plan: Plan) -> Done:
    summary = replace(done.ringkasan, pdf=pdf)
    path = memory_path(plan.out, done.job.workbook)
    memory = recall(path)
    if memory is not None:
        outputs = {**memory.outputs, summary.laporan: _digest(document), **({pdf: ""} if pdf else {})}
        remember(path, replace(memory, outputs=outputs, ringkasan=summary, finished=plan.finish))
    return Done(done.job, summary)


def _failed(done: Done, error: LktError) -> Done:
    note = "; ".join(filter(None, (done.ringkasan.catatan, f"{error.message} {error.hint}".strip())))
    return Done(done.job, replace(done.ringkasan, catatan=note))
