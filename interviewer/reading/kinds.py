"""What an answer is, read without a model. When in doubt it takes up the question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewer.models.base import AnswerKind
from interviewer.reading.gibberish import gibberish
from interviewer.reading.questions import Asking
from interviewer.reading.story import past
from interviewer.reading.tokens import STOP, content, listed, sentences, stems, tokens

DENSE = 3  # figures in a short text that say enough
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
THIN, SPOKEN = 12, 18  # words that carry meaning, words in all; fewer of both, and nothing found, is thin
RAMBLE, LONG = 280, 400  # words
MOVING_ON = 60  # words; in a longer text "next" is about something else
ASIDES = 2  # signs of having left the subject
ASTRAY = 120  # words; from here on two signs of having left the subject make a ramble
FEW = 1  # findings a long answer needs in order not to be a ramble
OFF_TOPIC = 8  # words that carry meaning; a shorter text is never called off-topic
SHARED = 0.35  # of its words that a text about the question shares with the sheet; real answers reach .58 and more

_SKIP = re.compile(
    r"^(?:(?:ok(?:ay)?|please|so|right|well|shorter|let'?s|can we|could we|i'?d like to|i want to|just|and)[\s,.?!]*)*"
    r"(?:next(?: (?:one|question|topic|please))*|skip(?: (?:it|this|that|this one|this question|the question))?|pass|"
    r"move on(?: to the next(?: question| one)?)?|go (?:on )?to the next(?: question| one)?|"
    r"ask (?:me )?(?:something else|another)"
    r"(?: one| question)?|continue|another question|go on|next question)[\s,]*(?:please|now|then|thanks|thank you)?$"
)
_ONWARD = re.compile(
    r"\b(?:(?:let'?s |please |can we |could we |just )(?:go|move|skip|jump|get) (?:on |ahead |over )?"
    r"to the (?:next|end|last)|"
    r"move on to the next|(?:i (?:told|asked) you to|please|just) move on|give me the next (?:one|question)|"
    r"skip (?:to the end|ahead|the rest|this|it)|(?:end|close|finish|stop) (?:the|this) "
    r"(?:round|interview|question|session)|next (?:question|round|one)(?:,? please|$)|"
    r"^(?:(?:fine|ok(?:ay)?|so|right)[, ]+)?next (?:question|one)\b(?! (?:is|would|i|to)\b)|"
    r"i'?ve (?:already )?answered that|"
    r"nothing (?:more |else )?to add)\b"
)
LAST = 12  # words of a longer turn in which somebody says that they are done
_DONE = re.compile(
    r"\b(?:no (?:more |further |other )?questions?|that'?s (?:all|it|everything)|that (?:is|was) (?:all|it|"
    r"everything)|nothing (?:else|more|from"
    r" me|further)|i'?m (?:good|fine|done|all set|okay)|all (?:set|good|clear)|no,? thank|no thanks|bye|goodbye|"
    r"we'?re (?:good|done)|"
    r"none from me|not right now|you(?:'ve| have) (?:covered|answered)|"
    r"(?:that|this|it) (?:was|is) (?:my|the|all my) (?:only|last|final|one|questions?)|"
    r"(?:that'?s|that was|those were) (?:all )?my (?:only |last |final )?questions?|"
    r"(?:everything|all)(?:'?s| is)? (?:good|clear|fine|answered)|(?:i have|i've got|i've) (?:no|none|nothing)|"
    r"nothing on my (?:side|end|part)|that (?:covers|does) it|(?:i think )?we can (?:stop|end|finish|close))\b|"
    r"^(?:no|nope|nah|none|done|nothing|"
    r"thanks|thank you)\b.{0,40}$"
)
# Said anywhere at the close, it ends it: "No. Knew it. No more questions from me, I have work waiting."
_REFUSES = re.compile(
    r"\b(?:no (?:more|further|other) questions|nothing (?:else|more) (?:from me|to ask)|i said nothing)\b"
)
_NO = re.compile(r"(?:no|nope|nah|nothing|none)\b")
_THANKS = re.compile(r"\b(?:thanks|thank you|cheers|much appreciated|lovely talking|nice (?:meeting|talking))\b")
_MORE = re.compile(
    r"\b(?:one (?:more|other|last)|another (?:one|question|thing)|i (?:do )?have (?:a|one|two|another|some))\b"
)
_THINKING = re.compile(
    r"\b(?:let me think|(?:give|need|have|take|want) (?:me )?(?:just )?(?:a|one|another|"
    r"some) (?:\w+ )?(?:second|sec|moment|minute|min|time)|"
    r"one (?:second|sec|moment|minute)|just a (?:second|sec|moment|minute)|hold on|hang on|bear with me|"
    r"thinking|i(?:'m| am) still"
    r" thinking|a (?:second|moment|minute) (?:please|to think))\b|^(?:hm+|um+|uh+|well|so)\W*$"
)
_HINT = re.compile(
    r"\b(?:hint|nudge|clue|help me (?:out|start|here)|(?:can|could) you help|point me|i(?:'m| am) (?:a bit |"
    r"kind of |really |completely )?"
    r"(?:stuck|lost)|where (?:do|should|would) i (?:start|begin)|how (?:do|should) i (?:start|begin)|"
    r"what are you looking for)\b"
)
_WANTS_HINT = re.compile(
    r"\b(?:give|need|have|get|want|use|take|like) (?:me )?(?:a|one|another|some|the) (?:small |little |tiny )?"
    r"(?:hint|nudge|clue|pointer)\b"
)
_HELP = re.compile(r"\b(?:can|could|would) you help\b|\bhelp me (?:out|here|with|a (?:bit|little))\b")
_NO_HINT = re.compile(r"\b(?:don'?t|no|without|not)\b[^.?!]{0,12}\bhint")
_NON = re.compile(
    r"\b(?:i (?:really |honestly |just )?(?:do not|don'?t|wouldn'?t) (?:really |even )?(?:know|have (?:an|"
    r"any) (?:answer|idea|clue)|remember)|"
    r"no (?:idea|clue|answer)|not (?:really |quite )?sure|idk|dunno|beats me|i have no(?:thing| answer| idea|"
    r" clue)|nothing comes to mind|"
    r"i (?:can'?t|cannot|can not) (?:answer|think of|say)|i give up|never (?:did|done|thought about) (?:that|"
    r"this|it)|haven'?t (?:thought|done))\b"
    r"|^(?:n/?a|none|nothing|no comment|whatever|\?+|no)$"
)
_STOCK = re.compile(
    r"\b(?:tell me a joke|the weather|what'?s for (?:lunch|dinner)|write (?:me )?a (?:poem|song|story|haiku)|"
    r"recipe for|who won the"
    r"|favou?rite (?:movie|film|colou?r|food|song)|sing (?:me )?a|football last night|how old are you|"
    r"are you (?:human|a (?:bot|robot|human)|an ai))\b"
)
_DIGRESSES = re.compile(
    r"\b(?:reminds me|years ago|back when|at my (?:old|former|last|previous|first) (?:job|company|place|employer)|"
    r"when i was (?:at|still|young|with)|long story|where was i|i digress|by the way|off[- ]topic|funny story|"
    r"a friend of mine|a colleague of mine|my (?:old|former) boss|anyway,? (?:so|where|what|back)|"
    r"what was (?:the question|i saying)|sorry,? i(?:'m| am) (?:drifting|rambling|going on)|that's another story|"
    r"(?:we|they|i) had (?:that|this|the same|something similar) (?:at|with|when|in))\b"
)
_WORK = listed("""
    team data manager engineer analyst project model metric test experiment user customer product number launch
    decision result problem quarter report dashboard meeting stakeholder company colleague lead feature revenue
    cost risk change week month plan goal work role business member market measure effect sample group compare
    question answer design review deadline budget incident queue service cache query table index shard latency
    pipeline deploy owner error rate average percent hypothesis variance control treatment random bias segment
    cohort funnel churn retention growth price feedback boss promote hire mentor""")
_META = frozenset().union(
    *(
        stems(w)
        for w in listed("""next question round interview skip end close finish answer ask instruction approve
      stop start move pass ignore mark score grade transcript assistant system prompt role""")
    )
)
_WORK_STEMS = frozenset().union(*(stems(w) for w in _WORK))


@dataclass(frozen=True)
class Read:
    """What was read in the text before its kind is decided."""

    found: int  # expectations, misconceptions and push-backs
    facts: int  # facts asked for
    asking: Asking
    ordered: bool  # holds an order to the interviewer
    left: str  # the text without what is aimed at the interviewer
    vocabulary: frozenset[str] | None  # stems of the question and its sheet; None: anything is on topic
    replies: bool = False  # a challenge or the call for a decision came before: a word may be all there is to say
    echo: bool = False  # all of it is the question again
    again: bool = False  # all of it is an earlier turn of the candidate's again


def kind_of(text: str, read: Read, *, closing: bool = False) -> AnswerKind:
    """What ``text`` is. While ``closing``, a candidate asks about the work or is done."""
    flat = _flat(text)
    if not flat.strip("."):
        return AnswerKind.EMPTY
    if gibberish(text):
        return AnswerKind.GIBBERISH
    if closing:
        return _at_the_close(flat, read)
    if read.ordered and not read.found and len(content(read.left)) < THIN:
        return AnswerKind.ORDER
    if read.echo:
        return AnswerKind.REPEAT
    return _short(flat, read) or _asking(text, read) or (AnswerKind.REPEAT if read.again else _length(text, read))


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold().strip(" .!,;:-_*")


def _at_the_close(flat: str, read: Read) -> AnswerKind:
    size = len(flat.split())
    more = _MORE.search(flat)
    ends = _DONE.search(" ".join(flat.split()[-LAST:])) and not read.asking.direct
    short = size <= 15 and not read.asking.direct and (_DONE.search(flat) or _SKIP.match(flat))
    refuses = (_REFUSES.search(flat) or _NO.match(flat)) and not read.asking.any
    thanks = size <= 40 and not read.asking.any and _THANKS.search(flat)
    if (ends or short or thanks or refuses) and not more:
        return AnswerKind.DONE
    if read.asking.direct:
        return AnswerKind.CLARIFYING
    if read.ordered:
        return AnswerKind.ORDER
    if read.asking.any:
        return AnswerKind.CLARIFYING
    if size <= 4 and _NON.search(flat):
        return AnswerKind.DONE
    return AnswerKind.SUBSTANTIVE


def _short(flat: str, read: Read) -> AnswerKind | None:
    """What only a short text can be."""
    size = len(flat.split())
    if size <= 10 and _SKIP.match(flat):
        return AnswerKind.SKIP
    outright = size <= MOVING_ON and _WANTS_HINT.search(flat) and not _NO_HINT.search(flat)
    if outright and not read.found:
        return AnswerKind.HINT_REQUEST
    wants = _WANTS_HINT.search(flat) or (size <= 30 and _HINT.search(flat))
    if read.found or read.facts:
        return None
    if wants and not _NO_HINT.search(flat):
        return AnswerKind.HINT_REQUEST
    bare = len(content(flat)) <= 6 and not read.asking.direct
    if bare and size <= 18 and _NON.search(flat):
        return AnswerKind.NON_ANSWER
    return AnswerKind.THINKING if bare and size <= 15 and _THINKING.search(flat) else None


def wants_help(text: str) -> bool:
    """Whether an answer ends by asking for a hint, however much was said before."""
    parts = sentences(text)
    last = _flat(text[slice(*parts[-1])]) if parts else ""
    return bool(_WANTS_HINT.search(last) or _HELP.search(last)) and not _NO_HINT.search(last)


def says_nothing(text: str, fewest: int = 3) -> bool:
    """Whether a text is empty, keys hit at random, or says that there is no answer and fewer than ``fewest`` words that
    carry meaning beside it."""
    flat = _flat(text)
    if not flat.strip(".") or gibberish(text):
        return True
    return bool(_NON.search(flat)) and len(content(_NON.sub(" ", flat))) < fewest


def _asking(text: str, read: Read) -> AnswerKind | None:
    """A question to the interviewer is one when little else was said; a long answer that ends in one is an answer."""
    if not read.facts and (not read.asking.direct or onward(text)):  # "That's your question, seriously? Next one."
        return None
    own = len(content(read.asking.rest))
    enough = 2 * THIN if read.facts else THIN
    if read.found:
        enough = THIN if read.asking.last else THIN // 2
    return AnswerKind.CLARIFYING if own < enough else None


_ANSWERS = re.compile(
    r"(?:oh|hm+|well|ha|ah|so|okay|ok|right)?,?\s*(?:yes|yeah|yep|no|nope|true|fair|agreed|i agree|i disagree|"
    r"you're right|it would|it wouldn't|it does|it doesn't|not really|not quite|i'd|i would|i wouldn't|my call|"
    r"my answer)\b"
)


def _length(text: str, read: Read) -> AnswerKind:
    size = len(tokens(text))
    carrying = content(text)
    if not read.found and read.vocabulary is not None and _STOCK.search(_flat(text)) and len(carrying) < 2 * THIN:
        return AnswerKind.OFF_TOPIC
    if not read.found and not read.facts and len(carrying) >= OFF_TOPIC and _foreign(carrying_stems(text), read):
        return AnswerKind.OFF_TOPIC
    if not read.found and onward(text):
        return AnswerKind.SKIP
    digressions = len(_DIGRESSES.findall(_flat(text)))
    answered = read.replies and _ANSWERS.match(_flat(text))  # however much comes after it
    if not answered and (
        size > LONG
        or (size > RAMBLE and read.found < FEW)
        or (size > ASTRAY and digressions >= ASIDES and not read.found)
    ):
        return AnswerKind.RAMBLE
    if not read.found and len(carrying) < THIN and size < SPOKEN and not _dense(text):
        return AnswerKind.THIN if read.replies or _own(text, read) else AnswerKind.OFF_TOPIC
    return AnswerKind.SUBSTANTIVE


def onward(text: str) -> list[tuple[int, int]]:
    """In a short text, the sentences that want to get on with it."""
    if len(text.split()) > MOVING_ON:
        return []
    return [(a, b) for a, b in sentences(text) if _ONWARD.search(_flat(text[a:b]))]


def _own(text: str, read: Read) -> list[str]:
    """What a short text has to do with the question: words of its sheet or of the work, figures; where a story is
    asked for, anything somebody did. Words about the interview itself don't count."""
    said = [t for t in tokens(text) if t.stem not in _META]
    if read.vocabulary is None:
        return [t.word for t in said if past(t.word) or t.word in ("i", "we", "my") or t.stem in _WORK_STEMS]
    known = read.vocabulary | _WORK_STEMS
    return [t.word for t in said if t.word not in STOP and (t.stem in known or t.word[0].isdigit())]


def carrying_stems(text: str) -> frozenset[str]:
    """The stems of a text's words that carry meaning, numbers left out."""
    return frozenset(s for s in stems(text) if not s[0].isdigit())


def _foreign(said: frozenset[str], read: Read) -> bool:
    if read.vocabulary is None or not said:
        return False
    shared = len(said & (read.vocabulary | _WORK_STEMS))
    return shared < SHARED * len(said) and all(s.isascii() for s in said)


def _dense(text: str) -> bool:
    """A script written without blanks says much in few "words", and so do figures."""
    return sum(not c.isascii() and c.isalpha() for c in text) >= 30 or len(_FIGURES.findall(text)) >= DENSE
