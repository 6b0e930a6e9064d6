"""A scorecard with its levels put where people put such levels, by a calibration that fits it; else it is refused."""

from __future__ import annotations

from fractions import Fraction

from interviewer.engines.base import Engine
from interviewer.errors import UsageError
from interviewer.grading import levels
from interviewer.models.calibration import Calibration, LevelMap
from interviewer.models.rubric import Rubric
from interviewer.models.scorecard import CriterionScore, Scorecard

LEAST = 0.3  # half a band, as everywhere
ANOTHER = "Fit another: interviewer calibrate --fit."


def check(calibration: Calibration, round: str, sha256: str, engine: Engine) -> list[str]:
    """What it can't map. Raises UsageError where it was fitted on other levels than those it is to be used on."""
    name, by = calibration.version, calibration.rubrics.get(round)
    if by is None:
        return [f"Calibration {name} holds no map of {round}; its levels are as they were graded."]
    if by != sha256:
        raise UsageError(
            f"Calibration {name} was fitted on another rubric of {round} ({by[:12]}, this is {sha256[:12]}).",
            next_step=ANOTHER,
        )
    if (calibration.engine, calibration.model) != (engine.name, engine.model):
        whose = f"{calibration.engine} ({calibration.model})" if calibration.model else calibration.engine
        raise UsageError(f"Calibration {name} maps the levels of {whose}, not of {engine.name}.", next_step=ANOTHER)
    if calibration.rule != levels.RULE:
        raise UsageError(f"Calibration {name} is by the rule {calibration.rule}, not {levels.RULE}.", next_step=ANOTHER)
    return []


def calibrated(card: Scorecard, rubric: Rubric, calibration: Calibration | None) -> Scorecard:
    """The card with mapped levels, each with the one it had as ``raw``, and what follows from them worked out anew."""
    if calibration is None or card.round not in calibration.rubrics:
        return card
    scores = tuple(_mapped(c, calibration.maps.get(f"{card.round}/{c.id}")) for c in card.criteria)
    overall = levels.overall(zip(rubric.criteria, scores, strict=True))
    advice = None if card.recommendation is None else levels.recommendation(overall)
    return card.model_copy(update={"criteria": scores, "overall": overall, "recommendation": advice})


def _mapped(score: CriterionScore, by: LevelMap | None) -> CriterionScore:
    if by is None or not by.used or score.level is None or score.band is None:
        return score
    level, low, high = (_tenths(by.of(value)) for value in (score.level, *score.band))
    band = max(1.0, min(low, _tenths(level - LEAST))), min(5.0, max(high, _tenths(level + LEAST)))
    return score.model_copy(update={"level": level, "band": band, "raw": score.level})


def _tenths(value: float) -> float:
    return levels.tenths(Fraction(str(value)))
