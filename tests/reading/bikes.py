"""A question sheet of our own for the tests: short, but with every part a sheet can have."""

from __future__ import annotations

from interviewer.models.question import QuestionSheet

BIKES = QuestionSheet.model_validate(
    {
        "id": "reminder-after-first-ride",
        "area": "experiment_design",
        "rounds": ["experimentation"],
        "source": "B2",
        "ask": "A bike-share app sends a reminder to riders three days after their first ride. Riders who got it come "
        "back twice "
        "as much as those who didn't. The growth lead wants it for everybody, every day. What do you make of it?",
        "decide": "So do we send it to everybody from next week?",
        "facts": [
            {
                "id": "riders",
                "about": ["how many", "riders a week", "volume", "sample"],
                "say": "About 12,000 first rides a week.",
            },
            {
                "id": "baseline",
                "about": ["baseline", "come back rate", "current rate"],
                "say": "18 percent ride again in two weeks.",
            },
            {
                "id": "opt-in",
                "about": ["who gets", "opted", "permission", "push enabled"],
                "say": "Only riders who allowed messages.",
            },
        ],
        "expectations": [
            {
                "id": "self-selection",
                "criterion": "causal_inference",
                "weight": 2,
                "essential": True,
                "point": "Riders who allow messages differ from those who refuse them before any reminder is sent.",
                "topic": "who gets the message",
                "cues": [
                    {
                        "all": [
                            ["allow", "opt in", "permission", "enabled"],
                            ["keener", "engaged", "differ", "selection", "anyway"],
                        ]
                    },
                    {"phrase": "apples and oranges"},
                ],
                "probe": "Who ends up in the group that got it?",
                "hints": [
                    "Look at the two groups.",
                    "How does a rider come to get one?",
                    "Only those who said yes to messages got one.",
                ],
            },
            {
                "id": "holdout",
                "criterion": "design_rigor",
                "weight": 2,
                "essential": True,
                "point": "Withhold the reminder at random from a share of eligible riders.",
                "topic": "a comparison",
                "cues": [
                    {
                        "all": [
                            ["holdout", "randomise", "coin", "a/b", "control group"],
                            ["share", "half", "percent", "eligible", "withhold"],
                        ],
                        "none": ["after the fact"],
                    }
                ],
                "probe": "How would you find out what it adds?",
                "hints": [
                    "What would a fair comparison be?",
                    "Could some riders go without?",
                    "Keep it from a random share.",
                ],
            },
            {
                "id": "fatigue",
                "criterion": "judgment",
                "weight": 1,
                "point": "Daily messages wear riders out and cost permissions.",
                "topic": "the daily schedule",
                "cues": [
                    {
                        "all": [
                            ["fatigue", "annoy", "wear out", "mute", "unsubscribe"],
                            ["daily", "every day", "too often", "over time"],
                        ]
                    }
                ],
                "probe": "What else could change when it goes out that often?",
                "hints": [
                    "Think past the first week.",
                    "What do you do with an app that nags?",
                    "They switch messages off.",
                ],
            },
        ],
        "misconceptions": [
            {
                "id": "match-on-rides",
                "criterion": "causal_inference",
                "belief": "Comparing riders with the same number of rides removes the difference.",
                "cues": [
                    {
                        "all": [
                            ["match", "adjust", "same number"],
                            ["rides", "covariates"],
                            ["removes", "fixes", "solves", "enough"],
                        ]
                    }
                ],
                "challenge": "Two riders have one ride each. One allowed messages. Are they alike?",
                "corrected_by": ["self-selection"],
            }
        ],
        "push_backs": [
            {
                "id": "lead-is-sure",
                "valid": False,
                "say": "The growth lead has done this at three companies and it worked each time. I'd just send it.",
                "because": "Success elsewhere says nothing about these riders.",
                "met_by": [{"all": [["still", "even so", "wouldn't"], ["test", "compare", "holdout"]]}],
            },
            {
                "id": "holdout-costs",
                "valid": True,
                "say": "Suppose every withheld reminder loses us a ride. Isn't a large group without it expensive?",
                "because": "A small share is enough.",
                "met_by": [{"all": [["smaller", "fair", "yes"], ["share", "percent", "group"]]}],
            },
        ],
        "model_answer": "The two groups chose themselves. Withhold at random, read rides "
        "over six weeks, watch permissions, then decide.",
    }
)
