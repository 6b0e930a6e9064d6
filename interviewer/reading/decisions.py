"""Where somebody commits themselves: "I'd give it to everybody", "my call is no", "One word: no", "don't renew"."""

from __future__ import annotations

import re

from interviewer.reading.questions import inquiries
from interviewer.reading.tokens import sentences

_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_WHO = r"(?:every(?:one|body|where)|nobody|no one|nowhere|all of (?:it|them)|all|both|half)"
_THING = rf"(?:it|them|this|that|these|those|the|both|{_WHO}|{_COUNT}|[a-d])\b"
_DAY = r"(?:mon|tues|wednes|thurs|fri)day|january|february|march|april|may|june|july|august|september|october|november"
_TIME = rf"(?:now|today|tonight|tomorrow|yet|until|till|before|this|{_DAY}|december)\b"

# What one does about the matter at hand. Words for working something out ("look", "use", "compare") are left out, and
# so are the senses that decide nothing: "keep in mind", "hold on", "give a range", "drop the outliers".
_DO = rf"""(?:
    launch | ship | roll | release | go\ (?:ahead|live|in|first) | say\ (?:yes|no|go|not|wait|launch|ship|don't|hold)
  | recommend | advise | approve | accept | reject | decline | refuse | renew | sign(?!-| ?-?ups?\b) | license | licence
  | stop(?!\ (?:here|there|you|me)\b) | pause | cancel | scrap | shelve | kill | retire | revert | reverse | undo | end
  | delay | postpone | defer | wait(?!,) | hold\ (?:off|back|it|them|the|that|this) | hold(?=[,.;]|$) | stagger
  | (?:turn|switch)(?!\ topic) | restart | rerun | redo | repeat | extend | redraw | expand | walk | pass\ on
  | grow | shrink | halve | double(?!-|\ check) | raise(?!\ (?:the|a|that)\ (?:question|issue|point|concern)|\ with)
  | keep(?!\ (?:in\ mind|an?\ |track|asking|looking|monitoring|watching|saying)) | leave(?!\ (?:out|it\ out|aside))
  | give(?!\ (?:you|me|a|an|or|about|it\ (?:a|about|around|maybe|{_COUNT}))\b) | let(?!\ (?:me|us|you|the\ data)\b)
  | drop(?!\ (?:the\ )?(?:outliers|rows|accounts|users|people)) | offer | allow | start\ (?:it|with|fresh|over|in|on|{_DAY})
  | go\ (?:for|with)(?=\ (?:it|option|plan|both|neither|[a-d]|the\ (?:analyst|engineers?|team|offer|deal|new|old))\b)
  | take\ (?:the\ (?:deal|offer)|it(?!\ (?:as|that|from|for))) | put\ (?:it|them|this) | make\ (?:it|our\ own|them)\b
  | run\ (?:it|this|(?:a|the|another|one\ more)\ (?:\w+\ )?(?:test|trial|experiment|pilot))
  | do\ (?:it|both|neither|nothing|{_COUNT})\b | spend | invest | buy | fund | charge
)"""
_TELLS = r"tell (?:\w+ ){1,3}?(?:no\b|yes\b|not (?:yet|to)\b|to (?!watch|look|think|check|explain|measure)\w+)"
_FATE = r"(?:stopped|dropped|scrapped|paused|retired|shelved|postponed|cancelled|switched off)"
_START = r"(?:^|[.;:–—] ?)(?:(?:so|then|and|but|ok|okay|well|no|yes|please|neither|final(?:-ish)?|therefore|instead)[,.:;]? )*"

_FORMS = {
    "it is announced": rf"""
        \b(?:my|our|the)\ (?:\w+\ )?(?:call|recommendation|decision|verdict|advice|proposal|suggestion|vote)
            (?:\ (?:is|would\ be|stays|remains|to\ \w+\ is)\b|:)(?!\ (?:based|hard|difficult|easy|about|whether))
      | \bthat(?:'s|\ is)\ my\ (?:call|decision|recommendation|advice)
      | \b(?:my|the)\ answer(?:\ to\ \w+)?(?:\ (?:is|would\ be|stays|remains)|:)\ (?:(?:still|simply|a)\ )?
            (?:yes|no|not|neither|none|don't|to|{_WHO})\b
      | {_START}(?:(?:my\ )?(?:decision|recommendation|verdict|advice|call)|final|final\ answer):\ """,
    "in a word": rf"""
        \b(?:(?:in\ )?(?:one|a)\ word|in\ short|short\ answer|bottom\ line|final(?:ly|-ish)?|(?:mon|tues|wednes|thurs|fri)day)
            (?:[:,.]|\ is)\ (?:yes|no|not|neither|none|don't|{_WHO})\b
      | {_START}(?:it's|it\ is|that's|that\ is|i'm|i\ am)?\ ?(?:still\ )?(?:an?\ )?(?:yes|no)\ 
            (?:at|to|for|on|from)\ (?!all\b|me\b|one\b|average|that\b|doubt)
      | {_START}no\ (?:launch|rollout|roll-out|renewal|deal|switch|rise|redraw|campaign)\b
      | (?:^|\bso\ |\bsays?\ |\btherefore\ )not\ {_TIME}
      | {_START}(?:so|therefore)[:,]?\ (?:(?:it's|it\ is)\ )?(?:an?\ )?(?:yes|no)(?=[.;!]|$)
      | ^(?:(?:so|well|ok|okay)[,:]?\ )?(?:all|only|just|first)?\ ?(?:of\ )?(?:them|{_COUNT}|none|neither|all|both)
            (?:\ of\ them)?(?=[.;,!]|\s*$)(?!,\ (?:i\ think|i\ guess|roughly|or\b|{_COUNT}))""",
    "in the first person": rf"""
        \b(?:i|we)(?:'?d|\ would|'ll|\ will|\ should)(?:\ (?:not|still|then|rather|just|simply|therefore|only|definitely))*
            \ (?:{_DO}|{_TELLS})\b
      | \b(?:i|we)\ (?:wouldn'?t|won'?t|will\ not|shouldn'?t|can'?t)\ {_DO}\b
      | \b(?:i'm|i\ am|we're|we\ are)\ (?:going\ to\ {_DO}|(?:not\ )?(?:launching|shipping|signing|renewing|rolling|switching|
            going\ ahead|holding|keeping|stopping|cancelling|recommending|(?:a\ )?(?:no|yes)[.,;])|against|out\b[.,;]?$)
      | \b(?:i|we)\ (?:recommend|advise|vote|propose|say\ (?:yes|no))\b
      | (?:^|[,;:]\ |\bso\ |\band\ |\bthen\ )we\ (?:launch|ship|go\ (?:ahead|live)|hold\ off|stop|wait|start|renew|(?:don't|do\ not)\ {_DO})\b""",
    "as an order": rf"""
        {_START}(?:don'?t|do\ not|let's(?:\ not)?|never)\ {_DO}\b
      | (?:,\ |\band\ )(?:please\ )?(?:don'?t|do\ not)\ {_DO}\b
      | {_START}(?!hold\ on|wait,)(?:{_DO})(?=\ (?:{_THING}|{_WHO}|{_TIME}|only|in|on|to|at|with|for|off|out)\b|[.;!]|\s*$)
      | {_START}(?:tell\ (?:\w+\ ){{1,3}}?(?:no|yes|not\ yet|to)\b)
      | \b(?:they|she|he|you|marketing|finance|sales|growth)\ should(?:n't|\ not)?\ {_DO}\b""",
    "as what will be": rf"""
        (?<!customer\ )(?<!member\ )(?<!viewer\ )(?<!who\ )(?<!that\ )(?<!it\ )
            \bstays\ (?:on|off|up|out|put|live|as\ it\ is|with|until|till|for\ now)\b
      | \b(?:does\ not|doesn't|will\ not|won't)\ (?:go\ (?:to|live|out|ahead|everywhere|anywhere)|launch\b|ship\b)
      | (?<!it\ )\bgoes\ (?:live|ahead|everywhere|nowhere|to\ (?:every|nobody|no\ one|all)|into\ the\ final)
      | \b(?:test|trial|experiment|rollout|campaign|launch|deal)\ (?:goes\ on|stops|ends|continues|waits|is\ off)\b
      | (?<!orders\ )\b(?:is|are|gets?)\ {_FATE}\b
      | \b(?:everyone|everybody|nobody|no\ one)\ gets\ (?:it|them|this|that|the\ (?:offer|discount|new|old)|[a-d])\b""",
}
_COMMITS = re.compile("|".join(f"(?:{form})" for form in _FORMS.values()), re.I | re.X)

# What takes a commitment back: a condition or doubt before it, a condition after it, or that others said it.
_BREAK = re.compile(r";|, (?:but|so)\b|\bbut\b")
_UNSURE = re.compile(
    r"(?<!even )\bif\b|\b(?:unless|whether|when(?:ever)?|might|maybe|perhaps|probably|could|before i|would need|depends|"
    r"not sure|no idea|one option|in theory|suppose|imagine|used to|years ago|tempted)\b|"
    r"\b(?:above|below|over|under|between)\b[^,;:]*[,:]\s*$",
    re.I,
)
_CONDITION = re.compile(r"(?<!even )(?<!as )\bif\b|\b(?:unless|provided|assuming|depends|depending|or not)\b", re.I)
_RESUMES = re.compile(r"[;:]|,? (?:and|but|or) if\b|, (?:and|but|because|since|so)\b", re.I)
_HEARSAY = re.compile(
    r"(?<!\bi )\b(?:says?|said|wants?|thinks|argues?|claims?|suggests?|told|asked)\b|"
    r"\b(?:they|people|someone|somebody|you|he|she)(?:'d| would| will| might) (?:say|want|argue|like)\b",
    re.I,
)


def decision(text: str) -> str | None:
    """The last sentence's words in which the speaker commits themselves without an "if"; None where nobody does."""
    asked = inquiries(text)
    for a, b in reversed(sentences(text)):
        sentence = text[a:b].replace("’", "'").rstrip()
        if (a, b) in asked or sentence.rstrip("\"'”) ").endswith("?"):
            continue
        for match in _COMMITS.finditer(sentence):
            if not _taken_back(sentence[: match.start()], sentence[match.end() :]):
                start = a + match.start()
                return text[start:b].lstrip(" .,;:–—").strip()
    return None


def _taken_back(before: str, after: str) -> bool:
    """Whether what stands around a commitment makes it a condition, a doubt or somebody else's."""
    said = _BREAK.split(before)[-1]
    return bool(_UNSURE.search(said) or _HEARSAY.search(said) or _CONDITION.search(_RESUMES.split(after)[0]))
