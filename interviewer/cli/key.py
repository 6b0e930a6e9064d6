"""Keep a key in the system's keyring, for one endpoint's origin; it is never an argument and never shown."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from interviewer.errors import UsageError

if TYPE_CHECKING:
    from interviewer.config import Endpoint


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "do", choices=["set", "forget", "show"], help="show says where the key comes from, not what it is"
    )


def run(args: argparse.Namespace) -> int:
    """For the endpoint that the settings choose."""
    from interviewer import config
    from interviewer.config import keys

    where = config.endpoint()
    if args.do == "set":
        keys.keep(where.origin, _typed(where.origin))
        print(f"Kept in this machine's keyring, for {where.origin} alone.")
    elif args.do == "forget":
        keys.forget(where.origin)
        print(f"The key for {where.origin} was removed from the keyring.")
    else:
        print(f"{where.origin}: {_source(where)}")
    return 0


def _typed(origin: str) -> str:
    """A key, typed unseen, or the first line of the input."""
    from getpass import getpass

    key = (getpass(f"Key for {origin} (it isn't shown): ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
    if not key:
        raise UsageError("No key was typed.", next_step="Nothing was changed.")
    return key


def _source(where: Endpoint) -> str:
    from interviewer.config import keys

    if keys.from_environment(where.key_env):
        return f"the key comes from {where.key_env} in the environment"
    if where.api_key is not None:
        return "the key comes from the keyring"
    return "no key" + (" (a server on this machine seldom needs one)" if where.local else f". {where.key_advice}")
