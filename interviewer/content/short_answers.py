"""Short answers that people graded, read from a CSV: question_id, question, reference_answer, answer, score[, score2].

Scores are numbers, or labels: ``LABELS`` says what the usual ones are worth, the caller may say more. Alternatives
in a reference answer are separated by ``||``. UTF-8, with or without a mark; commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from interviewer.errors import ContentError, UsageError
from interviewer.models.short_answer import ShortAnswer, ShortAnswers

WANTED = ("question_id", "question", "reference_answer", "answer", "score")
SECOND = "score2"
ALTERNATIVES = "||"
MAX_FIELD = 1_000_000  # characters
LABELS: Mapping[str, float] = {
    "correct": 1, "right": 1, "true": 1, "pass": 1, "yes": 1, "good": 1,
    "partially_correct_incomplete": 0.5, "partially_correct": 0.5, "partially": 0.5, "partial": 0.5, "incomplete": 0.5,
    "incorrect": 0, "wrong": 0, "false": 0, "fail": 0, "no": 0, "bad": 0,
    "contradictory": 0, "irrelevant": 0, "non_domain": 0,
}  # fmt: skip


def read_short_answers(path: Path, labels: Mapping[str, float] | None = None) -> ShortAnswers:
    """The answers in ``path``. ``labels``: what labels are worth, before ``LABELS``.

    Raises ContentError with file, line and column."""
    text = _text(path)
    records = _records(text, path)
    _, head = next(records, (1, []))
    columns = _columns(head, path)
    known = {**LABELS, **{folded(name): worth for name, worth in (labels or {}).items()}}
    found: list[ShortAnswer] = []
    named: bool | None = None
    for line, fields in records:
        if len(fields) != len(head):
            raise ContentError(path, f"{len(fields)} fields where the head has {len(head)}.", line=line)
        row = {name: fields[i].strip() for name, i in columns.items()}
        if named is None and row["score"]:
            named = bool(labels) or _number(row["score"]) is None
        found.append(_answer(row, line, path, known if named else None))
    if not found:
        raise ContentError(path, "There is no answer in it.", line=1)
    given = dict.fromkeys(label for a in found for label in (a.label, a.label2) if label)
    return ShortAnswers(str(path), tuple(found), {label: known[label] for label in given})


def folded(label: str) -> str:
    """A label as it is compared: no case, one underscore between words."""
    return re.sub(r"[\s_-]+", "_", label.strip()).casefold()


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.", next_step="Name a CSV file.") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        what = f"The byte {data[error.start]:#04x} at column {column} is no UTF-8. Save the file as UTF-8."
        raise ContentError(path, what, line=line) from error


def _records(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each record that isn't blank, with the line it begins on."""
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for fields in reader:
            if any(f.strip() for f in fields):
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        what = "a quote is opened and never closed" if "end of data" in str(error) else str(error)
        raise ContentError(path, f"The record that begins here is no CSV: {what}.", line=line) from error


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _columns(head: Sequence[str], path: Path) -> dict[str, int]:
    names = [folded(name) for name in head]
    for name in WANTED:
        if name not in names:
            wanted = f"The columns are {', '.join(WANTED)} and, where a second person graded, {SECOND}."
            raise ContentError(path, f"There is no column {name}. {wanted}", line=1)
        if names.count(name) > 1:
            raise ContentError(path, "The column stands there twice.", line=1, key=name)
    return {name: names.index(name) for name in (*WANTED, SECOND) if name in names}


def _answer(row: Mapping[str, str], line: int, path: Path, labels: Mapping[str, float] | None) -> ShortAnswer:
    for name in ("question_id", "reference_answer", "score"):
        if not row[name]:
            raise ContentError(path, "It is empty.", line=line, key=name)
    references = tuple(dict.fromkeys(r.strip() for r in row["reference_answer"].split(ALTERNATIVES) if r.strip()))
    if not references:
        raise ContentError(path, "It is empty.", line=line, key="reference_answer")
    second = row.get(SECOND, "")
    return ShortAnswer(
        line, row["question_id"], row["question"], references, row["answer"],
        _worth(row["score"], "score", line, path, labels), folded(row["score"]) if labels else "",
        _worth(second, SECOND, line, path, labels) if second else None, folded(second) if labels else "",
    )  # fmt: skip


def _worth(said: str, column: str, line: int, path: Path, labels: Mapping[str, float] | None) -> float:
    if labels is None:
        number = _number(said)
        if number is None:
            raise ContentError(
                path, f"“{said[:40]}” is no number, and the scores before it are.", line=line, key=column
            )
        return number
    worth = labels.get(folded(said))
    if worth is None:
        what = "is neither a number nor a label that is known; say what each label is worth, 0 to 1, as in"
        raise ContentError(path, f"“{said[:40]}” {what} --labels good=1,poor=0.", line=line, key=column)
    return worth


def _number(said: str) -> float | None:
    try:
        number = float(said)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
