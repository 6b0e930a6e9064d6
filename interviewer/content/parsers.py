"""Which parser and model belong to which kind of content file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from interviewer.content.files import Kind
from interviewer.content.personas import parse_persona
from interviewer.content.questions import parse_question
from interviewer.content.rubrics import parse_rubric
from interviewer.content.schema import Parsed
from interviewer.models.persona import Persona
from interviewer.models.question import QuestionSheet
from interviewer.models.rubric import Rubric

Content = Persona | Rubric | QuestionSheet
KIND_OF: dict[type[Content], Kind] = {Persona: "persona", Rubric: "rubric", QuestionSheet: "question"}
PARSERS: dict[Kind, Callable[[bytes, Path, str | None], Parsed[Any]]] = {
    "persona": parse_persona,
    "rubric": parse_rubric,
    "question": parse_question,
}
