"""What a move can be about beside an id on the sheet: words of the gate, of both engines and of the conduct rules."""

from __future__ import annotations

MORE = "more"  # probe: say more about what you just said
OCCASION = "occasion"  # probe: nothing that happened has been told
OWN_PART = "own-part"  # probe: who "we" is
GROUNDS = "grounds"  # probe: a position was given up, or kept, without a reason
SIDE = "side"  # probe: how somebody in the story saw it
OWNED = "owned"  # probe: something they admitted in passing
LEAN = "lean"  # probe: which way, of all that was weighed
BOUNDARY = "boundary"  # probe: when would this not be done?
NUMBER = "number"  # push back: a number doesn't follow from what was said
WAIT = "wait"  # repair: take your time
INVITE, REPLY, FAREWELL = "invite", "reply", "farewell"  # close

# Probes for what a reply left open; they begin nothing new.
PRESSES = (MORE, OCCASION, OWN_PART, GROUNDS, OWNED, SIDE, LEAN)
