"""Checks on the form of content: small rules, each yielding what it objects to and where."""
