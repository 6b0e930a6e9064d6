"""Draw the machine that walks an interview, as Mermaid source on stdout."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """No options: the drawing is made from the graph itself."""


def run(args: argparse.Namespace) -> int:
    """Print the drawing."""
    from interviewer.graph.build import mermaid

    print(mermaid().strip())
    return 0
