"""Where somebody commits themselves: "I'd give it to everybody", "my call is no", "One word: no", "don't renew"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.reading.questions import inquiries
from interviewer.reading.tokens import sentences


def _any(*ways: str) -> str:
    return f"(?:{'|'.join(ways)})"


_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_ALL = r"(?:every(?:one|body|where)|nobody|no one|nowhere|all|both|half|none|neither)"
_DAY = r"(?:mon|tues|wednes|thurs|fri)day"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_THEY = r"(?:they|she|he|you|marketing|finance|sales|growth)"
# What one does about the matter itself. Not here: working something out ("use", "compare") and, behind each verb, the
# senses that decide nothing ("keep in mind", "hold on", "give a range", "drop the outliers").
_DO = _any(
    r"launch|ship|roll|release|stagger|restart|rerun|redo|repeat|redraw|extend|expand|withdraw|renew|licen[cs]e",
    r"revert|reverse|recommend|advise|approve|accept(?! that)|reject|decline|refuse|pause|cancel|scrap|shelve|kill",
    r"retire|end|delay|postpone|defer|walk|pass on|grow|shrink|halve|offer|allow|spend|invest|buy|fund|put my name",
    r"go (?:ahead|live|in|first)|go (?:for|with)(?= (?:option|plan|both|neither|[a-d]|the (?:analyst|team|new|old))\b)",
    rf"go (?:for|with)(?= {_COUNT} (?:regions?|countr|markets?))",
    r"say (?:yes|no|go|not|wait|launch|ship|don't|hold)|sign(?!-| ?-?ups?\b)|stop(?! (?:here|there|you|me)\b)",
    r"(?:turn|switch)(?! topic)|wait(?!,)|hold (?:off|back|it|them|the|that|this)|hold(?=[,.;]|$)|double(?!-| check)",
    r"raise(?! (?:the|a|that) (?:question|issue|point|concern)| with)",
    r"leave(?! (?:(?:it|(?:the|that|this|all) (?:\w+ )?))?(?:out|aside)| (?:it|that) (?:as i|at that|there\b))",
    r"keep(?! (?:in mind|an?|track|asking|looking|monitoring|watching|saying)\b)",
    r"let (?:it|them|(?:the|this|that) \w+) (?:run|go|stand|expire|lapse|finish|end|stay|continue)",
    rf"give (?:(?:it|this|that|the \w+) to\b|{_ALL}\b(?! (?:the )?(?:columns|numbers|figures|ranges?)|[,.]))",
    r"drop(?! (?:the )?(?:outliers|rows|accounts|users|people))|take (?:the (?:deal|offer)|it(?! (?:as|that|from)))",
    rf"start (?:it|with|fresh|over|in|on|{_DAY})|run (?:it|this|(?:a|the|another) (?:\w+ )?(?:test|trial|pilot))",
    rf"put (?:it|them) (?:out|live|on|off|up)\b|do (?:it(?! the same)|both|neither|nothing|{_COUNT})",
)
_TELL = (
    r"tell (?:\w+ ){1,3}?(?:no\b|yes\b|not (?:yet|to)\b|to (?!watch|look|think|check|explain|measure|keep \w+ing)\w+)"
)
_WORD = rf"(?:yes|no|not|don't|{_ALL})\b"  # a whole decision in a word
_WHEN = rf"(?:now|today|tonight|yet|until|till|before|this|{_DAY}|{_MONTH})\b"
_WHAT = rf"(?:it|them|this|that|these|those|the|[a-d]|in|on|to|at|with|for|off|out|only|{_ALL}|{_COUNT}|{_WHEN})\b"
_ENDS = r"(?=\s*[.;!](?:\s|$)|\s*$)"
_STARTS = r"(?:^|(?<=[;:–—] ))(?:(?:so|then|and|but|okay|ok|well|no|yes|please|neither|final|therefore|hence)[,.:;]? )*"
_I = r"\b(?:i|we)"
_STOPPED = r"(?:stopped|dropped|scrapped|paused|retired|shelved|postponed|cancelled|switched off)"
_LAUNCHING = r"(?:launch|shipp|sign|renew|roll|switch|hold|keep|stopp|cancell|recommend)ing"
_COMMITS = re.compile(
    _any(
        # Announced: "my call is no", "Decision: two regions".
        r"\b(?:my|our|the) (?:\w+ )?(?:call|recommendation|decision|verdict|advice|proposal|suggestion|vote)"
        r"(?: (?:is|would be|stays|remains)|:)(?! (?:based|hard|difficult|easy|about|whether)\b)",
        r"\bthat(?:'s| is) my (?:call|decision|recommendation|advice)",
        rf"\b(?:my|the) (?:\w+ )?answer(?: to \w+)?(?: (?:is|would be|stays)|:) (?:(?:still|simply|an?) )?{_WORD}",
        rf"{_STARTS}(?:my )?(?:decision|recommendation|verdict|advice|call|final answer): ",
        # In a word: "One word: no", "no at 96m", "so: yes", "Not before March", "All four."
        rf"\b(?:(?:one|a) word|in short|short answer|bottom line|final(?:ly|-ish)?|{_DAY})(?:[:,.] | is ){_WORD}",
        rf"(?:{_STARTS}|\b(?:it's|it is|that's|i'm|i am) )(?:an? )?(?:yes|no) (?:at(?! all)|to|for|on|from)\b"
        r"(?! (?:me|one|average|that)\b)",
        rf"{_STARTS}no (?:launch|rollout|roll-out|renewal|deal|switch|rise|redraw|campaign)\b",
        rf"(?:^|\bso |\bsay |\btherefore )not {_WHEN}",
        rf"\b(?:so|therefore)[:,]? (?:an? )?(?:yes|no){_ENDS}",
        rf"{_STARTS}(?:neither|both|everywhere|nowhere|(?:all|none|both|neither) of them|(?:all|only) {_COUNT}){_ENDS}",
        # In the first person: "I'd ship it", "we won't renew", "I'm not signing", "we launch in two".
        rf"{_I}(?:'?d| would|'ll| will| should)(?: (?:not|still|then|rather|just|simply|only))* (?:{_DO}|{_TELL})\b",
        rf"{_I} (?:wouldn'?t|won'?t|shouldn'?t) {_DO}\b",
        rf"{_I}(?:'m|'re| am| are) (?:(?:not )?(?:going to {_DO}|going ahead|{_LAUNCHING})\b|against\b)",
        rf"(?:{_I}(?:'m|'re| am| are)|\bit's|\bit is|\bthat's) (?:out|an? (?:yes|no)){_ENDS}",
        rf"{_I} (?:recommend|advise|vote|propose|say (?:yes|no))\b",
        rf"(?:^|[,;:] |\bso |\band |\bthen )we (?:don't|do not) {_DO}\b",
        r"(?:^|[,;:] |\bso |\band |\bthen )we (?:launch|ship|go (?:ahead|live)|hold off|stop|wait|keep (?:it|the))\b",
        # As an order: "Don't ship", "Tell them no", "They should wait".
        rf"(?:{_STARTS}|(?<=, )|\band )(?:please )?(?:don'?t|do not|let's(?: not)?) {_DO}\b",
        rf"{_STARTS}(?!hold on){_DO}(?= {_WHAT}| (?-i:[A-Z])|[.,:;!]|\s*$)",
        r"(?:^|(?<=, ))(?:ship|launch|renew|cancel|stop|drop|keep|kill|roll|switch|turn|sign) (?:it|them)\b",
        rf"{_STARTS}(?:{_TELL}|decide (?:in|on|after|by|mid)\b|(?:{_DAY}|{_MONTH}) (?:instead of|rather than|not)\b)",
        rf"\band (?:launch|ship|start|stop|wait) (?:on )?{_WHEN}",
        rf"\b{_THEY} should(?:n't| not)? {_DO}\b",
        rf"\b{_THEY} can (?:go (?:ahead|on)|launch|ship|have it)\b",
        # As what will be: "11 dollar stays on the website", "C does not go to everyone", "A and B are stopped".
        r"(?<!customer )(?<!member )(?<!who )(?<!that )(?<!it )\bstays (?:on|off|up|out|put|live|with|until)\b",
        r"\b(?:does not|doesn't|won't|will not) (?:go (?:to|live|out|ahead|everywhere|anywhere)|launch|ship)\b",
        r"(?<!it )\bgoes (?:live|ahead|everywhere|nowhere|to (?:every|nobody|no one|all)|into the final)",
        r"\b(?:test|trial|experiment|rollout|campaign|launch|deal) (?:goes on|stops|ends|continues|waits|is off)\b",
        rf"\b(?:is|are|gets?) {_STOPPED}\b",
        r"\b(?:everyone|everybody|nobody|no one) gets (?:it|them|this|that|the (?:offer|discount|new|old)|[a-d])\b",
    ),
    re.I,
)

# What takes a commitment back: a condition, doubt or another speaker before it, a condition right after it.
_BREAK = re.compile(r";|, (?:but|so)\b|\bbut\b")
_UNSURE = re.compile(
    r"(?<!even )\bif\b|\b(?:unless|whether|when(?:ever)?|might|maybe|perhaps|probably|could|before i|would need|"
    r"depends|not sure|no idea|(?:isn't|is not|not) true that|one option|in theory|suppose|imagine|tempted|"
    r"used to|years ago|last time)\b|"
    r"\b(?:above|below|over|under|between)\b[^,;:]*[,:]\s*$|"
    r"(?<!\bi )\b(?:says?|said|wants?|thinks|argues?|claims?|suggests?|told|asked)\b|"
    r"\b(?:they|people|someone|somebody|you|he|she)(?:'d| would| will| might) (?:say|want|argue|like)\b",
    re.I,
)
_CONDITION = re.compile(r"(?<!even )\bif\b|\b(?:unless|provided|assuming|depends|depending|or not)\b", re.I)
_GOES_ON = re.compile(r"[;:]|,? (?:and|but|or) if\b|, (?:and|but|because|since|so)\b", re.I)


# The words somebody would say or send to whoever waits for the decision: "I'd write: 'Don't pay 96, ...'".
_MESSAGE = re.compile(
    r"(?:^|[.:!] )\W*(?:(?:so|then|okay|ok|well),? )?(?:(?:i|we)(?:'d| would|'ll| will) (?:say|write|send|tell \w+)"
    r"[^\"“]{0,30}|to \w+: ?)?[\"“][^\"”]{50,}[\"”]",
    re.I,
)
RECENT = 4  # answers within which a decision that was voiced still stands


def settled(answers: Sequence[str]) -> bool:
    """Whether the decision was given in one of the last ``answers`` to a question: committed to, or in the very words
    for whoever waits for it."""
    return any(decision(t) or _MESSAGE.search(t.replace("’", "'")) for t in answers[-RECENT:])


def decision(text: str) -> str | None:
    """The last sentence's words in which the speaker commits themselves without an "if"; None where nobody does."""
    asked = inquiries(text)
    for a, b in reversed(sentences(text)):
        sentence = text[a:b].replace("’", "'").rstrip()
        if (a, b) in asked or sentence.rstrip("\"'”) ").endswith("?"):
            continue
        for match in _COMMITS.finditer(sentence):
            if not _taken_back(sentence[: match.start()], sentence[match.end() :]):
                return text[a + match.start() : b].strip()
    return None


def _taken_back(before: str, after: str) -> bool:
    """Whether what stands around a commitment makes it a condition, a doubt or somebody else's."""
    return bool(_UNSURE.search(_BREAK.split(before)[-1]) or _CONDITION.search(_GOES_ON.split(after)[0]))
