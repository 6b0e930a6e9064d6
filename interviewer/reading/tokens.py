"""A text cut into words that know their stem, their place, and the clause and sentence they stand in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from snowballstemmer.english_stemmer import EnglishStemmer  # the package itself loads every language

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|%")
_SENTENCE = re.compile(r"[。！？؟।]|[.!?]+(?=[\s\"'”’)\]]|$)|\n\s*\n|\n(?=\s*[-*•\d])")
_BREAK = re.compile(r"[;:()\[\]\n]|\s[–—-]+\s|[–—]")
_FILLERS = frozenset({"um", "uh", "er", "erm", "hmm", "mm", "uhm", "ah"})
_CLAUSE_WORDS = frozenset({
    "but", "because", "since", "so", "although", "though", "whereas", "while", "unless", "however", "then", "otherwise",
    "cause", "therefore", "which", "until",
})  # fmt: skip
_SUBJECTS = frozenset({
    "i", "we", "you", "they", "he", "she", "it", "it's", "that's", "there", "there's", "i'd", "we'd", "i'll", "we'll",
    "i'm", "we're", "they're", "he'd", "she'd", "you'd", "i've", "we've",
})  # fmt: skip
_VERBS = frozenset({
    "is", "are", "was", "were", "will", "would", "can", "could", "should", "may", "might", "must", "has", "have",
    "had", "do", "does", "did", "isn't", "aren't", "won't", "can't", "doesn't", "don't", "means", "gets", "needs",
})  # fmt: skip
_PLAIN = {
    "cannot": "can't", "cant": "can't", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "wont": "won't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "couldnt": "couldn't", "isnt": "isn't", "arent": "aren't",
    "wasnt": "wasn't", "werent": "weren't", "havent": "haven't", "hasnt": "hasn't", "id": "id", "%": "percent",
}  # fmt: skip
_IRREGULAR = {
    "ran": "run", "kept": "keep", "told": "tell", "said": "say", "chose": "choose", "chosen": "choose", "made": "make",
    "went": "go", "gone": "go", "grew": "grow", "grown": "grow", "fell": "fall", "fallen": "fall", "rose": "rise",
    "risen": "rise", "held": "hold", "led": "lead", "paid": "pay", "lost": "lose", "built": "build", "bought": "buy",
    "felt": "feel", "got": "get", "gave": "give", "given": "give", "knew": "know", "known": "know", "meant": "mean",
    "met": "meet", "saw": "see", "seen": "see", "sold": "sell", "sent": "send", "shown": "show", "spent": "spend",
    "spoke": "speak", "spoken": "speak", "took": "take", "taken": "take", "taught": "teach", "thought": "think",
    "wrote": "write", "written": "write", "broke": "break", "broken": "break", "began": "begin", "brought": "bring",
    "caught": "catch", "wore": "wear", "worn": "wear", "won": "win", "drew": "draw", "drawn": "draw", "came": "come",
    "became": "become", "stood": "stand", "understood": "understand", "froze": "freeze", "frozen": "freeze",
    "fought": "fight", "wrong": "wrong", "hid": "hide", "hidden": "hide", "sought": "seek", "ate": "eat",
}  # fmt: skip
_IZE = re.compile(r"(?<=[a-z]{3})iz(e|ed|es|er|ing|ation|ations)$")
_OUR = re.compile(r"(?<=[a-z]{2})(behavi|fav|col|lab|hon|neighb|flav)or")
_STEMMER = EnglishStemmer()
_ONE_AT_A_TIME = Lock()  # it keeps the word it is at


def listed(words: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(words.split())


STOP = listed("""a about above actually after again against all already also although always am among an and any anybody
    anyone anything are aren't around as at back be because been before being below between both but by can can't could
    couldn't did didn't do does doesn't doing don't down each either else enough even ever every everything few for from
    further get gets getting go goes going got had hadn't has hasn't have haven't having he he'd he's her here hers him
    his how however i i'd i'll i'm i've if in instead into is isn't it it'd it'll it's its itself just know let let's
    like
    likely made make makes many may maybe me mean might more most much must my myself need needs never no nor not
    nothing
    now of off okay ok on once one only or other others ought our ours out over own perhaps please probably put quite
    rather really right same say see she she'd should shouldn't since so some somebody someone something sometimes still
    such sure take than that that'd that's the their theirs them then there there's these they they'd they're they've
    thing
    things think this those though through thus to too under until up upon us use using very want was wasn't way we we'd
    we'll we're we've well were weren't what what's whatever when where whether which while who who's whole whom
    whose why
    will with within without won't would wouldn't yeah yes yet you you'd you'll you're your yours""")


@dataclass(frozen=True)
class Token:
    """One word: folded, its stem, where it stands in the text, and its clause and sentence by number."""

    word: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """A word folded to one spelling: case, apostrophes, ``-ize``, ``-our``, contractions without their apostrophe."""
    word = unicodedata.normalize("NFKC", word).replace("’", "'").casefold()
    word = _PLAIN.get(word, word)
    return _OUR.sub(r"\1our", _IZE.sub(r"is\1", word)) if word.isascii() else word


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a word already folded by ``plain``; irregular pasts count as their present."""
    word = _IRREGULAR.get(word, word)
    if word.endswith("'s"):
        word = word[:-2]
    with _ONE_AT_A_TIME:
        return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=4096)  # a round's turns, its sheets' lines, and what is cut out of them
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, hesitations left out; a number is one word (``40m`` is two)."""
    found = [(plain(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]
    found = [f for f in found if f[0] not in _FILLERS]
    made: list[Token] = []
    clause = sentence = 0
    last = 0
    for i, (word, start, end) in enumerate(found):
        gap = text[last:start]
        if i and _SENTENCE.search(gap + " "):
            sentence, clause = sentence + 1, clause + 1
        elif i and (_BREAK.search(gap) or _opens_clause(found, text, i, gap)):
            clause += 1
        made.append(Token(word, stem(word), start, end, clause, sentence))
        last = end
    return tuple(made)


def _opens_clause(found: list[tuple[str, int, int]], text: str, i: int, gap: str) -> bool:
    """Whether a new statement begins at word ``i``: by its conjunction, or after a comma with a verb of its own."""
    word = found[i][0]
    if word in _CLAUSE_WORDS or (word in _SUBJECTS and found[i - 1][0] in ("and", "or")):
        return True
    if "," not in gap:
        return False
    if word in _SUBJECTS or word.endswith("'s"):
        return True
    ahead = []
    for j in range(i, min(i + 12, len(found))):
        if j > i and re.search(r"[.,;:!?]", text[found[j - 1][2] : found[j][1]]):
            break
        ahead.append(found[j][0])
    return len(ahead) >= 3 and any(w in _VERBS for w in ahead)


def content(text: str) -> list[Token]:
    """The words that carry meaning: no stop words."""
    return [t for t in tokens(text) if t.word not in STOP]


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(t.stem for t in content(text))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence stands, from its first word to just before the next one's."""
    starts: list[int] = []
    number = -1
    for token in tokens(text):
        if token.sentence != number:
            starts.append(token.start)
            number = token.sentence
    return list(zip(starts, [*starts[1:], len(text)], strict=False))
