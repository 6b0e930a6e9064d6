"""List, show, export, import or delete interviews."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import UsageError
from interviewer.text import one_line, sanitise

if TYPE_CHECKING:
    from interviewer.models.transcript import Transcript
    from interviewer.storage.store import Summary


def configure(parser: argparse.ArgumentParser) -> None:
    """The subcommands of ``transcripts`` and their options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|show|export|import|delete")

    listed = actions.add_parser("list", help="the interviews that are saved, the newest first")
    listed.add_argument("--format", choices=("text", "json"), default="text")

    shown = actions.add_parser("show", help="one interview: what is known of it, and what was said")
    shown.add_argument("interview", metavar="ID|FILE")
    _spoilers(shown)

    exported = actions.add_parser("export", help="one interview as JSON (can be imported again) or Markdown")
    exported.add_argument("interview", metavar="ID|FILE")
    exported.add_argument("--format", choices=("json", "markdown"), help="default: by the ending of --out, else json")
    exported.add_argument("--out", metavar="FILE", default="-", help="where to (default: -, stdout)")
    exported.add_argument("--without-names", action="store_true", help="leave out the speakers' names")
    _spoilers(exported)

    imported = actions.add_parser("import", help="keep a transcript from elsewhere among the interviews")
    imported.add_argument("file", type=Path, metavar="FILE")
    imported.add_argument("--round", help="the round that was held, where the file doesn't say")
    imported.add_argument("--candidate", metavar="NAME", help="the speaker who is the candidate")

    deleted = actions.add_parser("delete", help="remove an interview and its scorecards, for good")
    deleted.add_argument("interview", metavar="ID|FILE")
    deleted.add_argument("--yes", action="store_true", help="don't ask")


def run(args: argparse.Namespace) -> int:
    """Do what was asked for; the exit code."""
    actions = {"list": _list, "show": _show, "export": _export, "import": _import, "delete": _delete}
    return actions[args.action](args)


def _spoilers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--spoilers", action="store_true", help="with the hidden parts: what each move was about")


def _say(text: str) -> None:
    print(sanitise(text), file=sys.stderr)


def _list(args: argparse.Namespace) -> int:
    from interviewer import paths
    from interviewer.storage import store

    folder = paths.transcripts()
    summaries = store.listing(folder)
    if args.format == "json":
        print(json.dumps([_as_json(s) for s in summaries], indent=1))
        return 0
    for s in summaries:
        print(_row(s))
    if not summaries:
        _say(f"No interviews in {folder} yet. Begin one: interviewer start.")
    return 0


def _as_json(s: Summary) -> dict[str, object]:
    return {
        "id": s.id, "path": str(s.path), "created": s.created, "rounds": s.rounds, "engine": s.engine,
        "model": s.model, "turns": s.turns, "ended": s.ended, "imported": s.imported, "problem": s.problem,
    }  # fmt: skip


def _row(s: Summary) -> str:
    state = "imported" if s.imported else (s.ended or "unfinished").replace("_", " ")
    when = s.created[:16].replace("T", " ")
    turns = f"{s.turns} turn{'' if s.turns == 1 else 's'}"
    cells = (f"{s.id:<22}", f"{when:<16}", f"{turns:>9}", f"{state:<10}", f"{s.model or s.engine:<8}")
    row = "  ".join(one_line(cell).ljust(len(cell)) for cell in cells)
    rounds = one_line(", ".join(s.rounds))
    return f"{row}  {rounds}" + (f"  (damaged: {one_line(s.problem)})" if s.problem else "").rstrip()


def _read(ref: str) -> tuple[Path, Transcript]:
    """The transcript; what is wrong with it is said on stderr."""
    from interviewer.storage import store
    from interviewer.storage.formats import registry

    path = store.find(ref, examples=True)
    transcript = registry.load(path)
    for problem in transcript.problems:
        _say(f"{path.name}: {problem}")
    return path, transcript


def _show(args: argparse.Namespace) -> int:
    from interviewer.storage.formats import markdown

    path, t = _read(args.interview)
    facts = {
        "file": str(path),
        "origin": f"{t.origin}, read as {t.source}",
        "candidate": f"simulated: {t.candidate}" if t.candidate else "",
        "turns": str(len(t.turns)),
        "complete": "yes" if t.complete else "no",
        "questions": ", ".join(dict.fromkeys(turn.question for turn in t.turns if turn.question)),
        "sha256": t.sha256,
    }
    for key, value in facts.items():
        if value:
            print(f"{key:<10} {one_line(value, 400)}")
    print()
    print(markdown.write(t, spoilers=args.spoilers), end="")
    return 0


def _export(args: argparse.Namespace) -> int:
    from interviewer.storage import files
    from interviewer.storage.formats import registry

    source, t = _read(args.interview)
    out = None if args.out == "-" else Path(args.out).expanduser()
    if out is not None and out.exists() and out.samefile(source):
        raise UsageError(f"{one_line(str(out), 200)} is the interview itself.", next_step="Choose another --out.")
    suffix = out.suffix.lower() if out else ""
    format = registry.named(args.format or ("markdown" if suffix in (".md", ".markdown") else "json"))
    if args.without_names:
        t = t.model_copy(update={"turns": tuple(turn.model_copy(update={"speaker": None}) for turn in t.turns)})
    assert format.write is not None, "the choices of --format can be written"
    text = format.write(t, spoilers=args.spoilers)
    if out is None:
        print(text, end="")
    else:
        files.write_private(out, text)
    _say(f"Exported {t.id} to {out or 'stdout'}: {_holds(t, args.spoilers)}.")
    return 0


def _holds(t: Transcript, spoilers: bool) -> str:
    """What an export holds and what it doesn't, for someone about to hand it on."""
    parts = [f"{len(t.turns)} turns word for word"]
    if any(turn.speaker for turn in t.turns):
        parts.append("the speakers' names")
    if any(turn.move for turn in t.turns):
        parts.append("the moves and their reasons")
    hidden = "the hidden parts of the questions" if spoilers else "not the hidden parts of the questions"
    return ", ".join([*parts, hidden, "no scorecards"])


def _import(args: argparse.Namespace) -> int:
    from interviewer import paths
    from interviewer.storage import store

    path, t = store.import_file(args.file, paths.transcripts(), round=args.round, candidate=args.candidate)
    for problem in t.problems:
        _say(f"{args.file.name}: {problem}")
    print(path.stem)
    _say(f"Imported {len(t.turns)} turns as {path.stem}. Grade it: interviewer grade {path.stem}.")
    return 0


def _delete(args: argparse.Namespace) -> int:
    from interviewer.storage import store

    path = store.find(args.interview)
    if not args.yes and not _agreed(path):
        _say("Nothing was deleted.")
        return 1
    for gone in store.delete(path):
        _say(f"Deleted {gone}.")
    return 0


def _agreed(path: Path) -> bool:
    """Ask on stderr; no answer is a no."""
    print(f"Delete {sanitise(str(path))} and its scorecards for good? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")
