"""A mock interviewer for senior data scientists, in the terminal."""

__version__ = "0.1.0"
