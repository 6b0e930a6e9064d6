"""What is a decision and what only sounds like one."""

from __future__ import annotations

import pytest

from interviewer.reading.decisions import decision

DECIDED = """
One word: no. C does not go to everyone on Thursday.
One word: no.
In one word, no.
All four.
All four. I said roll it out, and I'm comfortable with that.
Neither.
11 dollar stays on the website.
So for me it's no at 96m.
No at 96m.
Yes at sixty million, not a cent more.
No to all four, yes to a test in one of them.
C does not go to everyone.
A, B and D are stopped.
I'd hold off until the second bill.
I would not launch this.
I wouldn't sign the 22.
I'm not signing that number.
We don't renew.
We won't renew at that price.
Don't ship on Thursday.
Please do not switch the old one off.
Okay, final: don't sign, don't switch it off.
Tell them no.
I'd tell marketing to go ahead with two countries.
I would tell her not yet.
My call: two regions in October, the third waits.
My recommendation is to wait a month.
My final answer is no.
Recommendation: half the money, one country.
Start with one region and leave the others as they are.
Ship it.
Give it to half of them.
Drop Croatia.
Hold, and look again in four weeks.
Let's not launch before the review.
So no launch today.
Not before March.
I'd say not yet.
The estimate is below what we need; hold off.
I don't know if it's real, but I'd launch it.
Even if it is noise, I'd keep the flag on.
I'd give it to everybody, and if complaints rise we take it back.
They should wait for the second month.
The test goes on until Friday week.
I am against launching on this.
I would launch in two country first.
Nobody gets it before the league starts.
I'm going to pass on the deal.
Bottom line: no.
I’d launch it on Monday.
I'd go with one region in October.
We keep the old page.
For me it is a no.
Wednesday instead of Monday, with the phones drawn anew.
Well done, ship it.
They can go ahead in October.
I would leave the tablets out and start Monday with the rest.
""".strip().splitlines()

UNDECIDED = """
If the holdout agreed I'd ship it.
I'd ship it if the holdout agreed.
I'd launch only if the gap holds.
Unless finance objects, I'd renew.
Should we ship it?
I'd give it to everybody, right?
So we should launch it everywhere?
We could launch in two.
Maybe I'd hold off.
One option would be to launch; another is to wait.
I might say we should ship.
The lead says don't renew.
She wants me to say yes, they should launch.
They'd say ship it.
Finance said we should raise the price.
I'd go with six, roughly.
I'd say about ten percent.
My answer is around ten minutes.
My best guess is ten minutes a week.
I'd give it a 70 percent chance.
I'd give you a range.
I'd keep an eye on complaints.
I'd keep in mind that it's June.
I'd drop the outliers.
Hold on, let me think.
Wait, is that per week?
Let me start with the data.
Sign-ups went up a quarter.
I'd be careful here.
I'd look at the first week.
I'd want to know who got it.
I'd use the untouched countries for comparison.
No, it isn't the price.
There is no bias at all.
So no difference there.
So half of them had it already.
People don't keep watching it.
A customer stays on the plan for two years.
If it stays at nine, fine.
The groups differ and the gap is mostly that.
Whether we should launch depends on the cost.
It depends on whether we go ahead.
I'd raise the question with the team.
The decision is hard.
Last time they said: ship it.
When we launch things we forget to look.
Above two: ship.
Imagine we should cancel it.
Yes.
Everyone is treated in the end.
0.15, so roughly 0.04 to 0.26.
So 1.2 of 80 million is 1.5 percent.
Take it away and the effect is 0.9 points.
Waiting costs ten thousand accounts; I'd accept that.
Nobody.
So, three.
I'd accept that.
We started on Monday and stopped on Friday.
On Wednesday it was green.
I would put them side by side on a chart.
""".strip().splitlines()


@pytest.mark.parametrize("text", DECIDED)
def test_a_decision_is_heard_however_short_it_is(text: str) -> None:
    assert decision(text)


@pytest.mark.parametrize("text", UNDECIDED)
def test_conditions_questions_estimates_and_musings_decide_nothing(text: str) -> None:
    assert decision(text) is None


def test_it_is_the_last_one_that_counts_from_its_first_word_to_the_end_of_its_sentence() -> None:
    text = "I'd launch it in two. Hm, the flag is dear. So: no launch before March, that's all."
    assert decision(text) == "So: no launch before March, that's all."
    assert decision("We're late. One word: no. It was a long test.") == "One word: no."
