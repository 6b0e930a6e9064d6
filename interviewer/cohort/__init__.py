"""Grading many transcripts in one run: found in folders, dealt out, continued after an interruption, put in a table."""
