"""YAML is data and nothing else: whatever could construct, unfold or overwrite is refused, with its line."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.yamlfile import MAX_BYTES, decode, parse, read_bytes
from interviewer.errors import ContentError, NotFound

FILE = Path("sheet.yaml")


def refused(text: str) -> ContentError:
    with pytest.raises(ContentError) as caught:
        parse(text, FILE)
    return caught.value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("true", True), ("null", None), ("12", 12), ("-3", -3),
        ("1.5", 1.5), ("010", 10), ("0o10", "0o10"), ("1_000", "1_000"),
        ("12:30:45", "12:30:45"), ("2026-01-01", "2026-01-01"),
        ("9999-99-99", "9999-99-99"), (".inf", ".inf"), ("=", "="), ("<<", "<<"), ('"12"', "12"), ("'true'", "true"),
    ],
)  # fmt: skip
def test_plain_words_mean_what_yaml_1_2_says_and_dates_stay_text(written: str, meant: Any) -> None:
    assert parse(f"key: {written}", FILE).data == {"key": meant}


@pytest.mark.parametrize(
    ("text", "line", "key", "says"),
    [
        ("a: 1\nb: 2\na: 3", 3, "a", "first on line 1"),
        ("a:\n  - {x: 1, x: 2}", 2, "a[0].x", "twice"),
        ("a: &one [1]\nb: *one", 1, "a", "anchor"),
        ("a: 1\nb: *one", 2, "b", "alias"),
        ("a: !!python/object/apply:os.system ['true']", 1, "a", "tag"),
        ("a: 1\nb: !!str 5", 2, "b", "tag"),
        ("a: 1\n---\nb: 2", 2, "", "second document"),
        ("%YAML 1.1\n---\na: no", 1, "", "directives"),
        ("? [1, 2]\n: 3", 1, "", "a key must be a word"),
        ("a: 1e999", 1, "a", "too large"),
        ("a: " + "9" * 5000, 1, "a", "too large"),
        ("a: b: c", 1, "", "quotes"),
        ("a:\n\t- b", 2, "", "blanks"),
        ("a: ok\nb: x\x07y", 2, "", "control character"),
        ("a: [1, 2", 1, "", "bracket"),
        ("- a\n- b", 1, "", "mapping"),
        ("", 1, "", "no keys"),
        ("just words", 1, "", "no keys"),
    ],
)
def test_what_is_refused_names_its_line_key_and_remedy(text: str, line: int, key: str, says: str) -> None:
    error = refused(text)
    assert (error.line, error.key) == (line, key)
    assert says in error.problem
    assert "\n" not in str(error)


def test_a_billion_laughs_is_refused_before_it_unfolds() -> None:
    bomb = 'a0: &a0 ["lol"]\n' + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))
    began = time.monotonic()
    assert "anchor" in refused(bomb).problem
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_without_a_crash(opening: str) -> None:
    assert "deep" in refused(f"key:\n  {opening * 20_000}").problem


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    document = parse("a: 1\nb:\n  - x: 2\n  - y: 3\n", FILE, first_line=10)
    assert document.line(("b", 1, "y")) == 13
    assert document.line(("b", 1, "missing")) == 13
    assert document.error("is odd", ("b", 1, "y")).key == "b[1].y"


def test_a_file_that_is_too_large_is_not_parsed(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a: |\n" + b"  x\n" * MAX_BYTES)
    with pytest.raises(ContentError, match="larger than 256 KB"):
        read_bytes(big)


def test_bytes_that_are_no_utf8_are_named_by_line() -> None:
    with pytest.raises(ContentError) as caught:
        decode(b"a: 1\nb: \xff\xfe", FILE)
    assert caught.value.line == 2


def test_a_folder_or_nothing_at_all_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name in ("folder.yaml", "none.yaml"):
        with pytest.raises(NotFound):
            read_bytes(tmp_path / name)


@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_a_content_error(text: str) -> None:
    try:
        assert isinstance(parse(text, FILE).data, dict)
    except ContentError as error:
        assert error.line is not None
