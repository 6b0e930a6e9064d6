"""Attacks on the grader: what they are, and how far they move the level of an honest answer."""
