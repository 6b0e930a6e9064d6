"""JSON that ``json.loads`` would take, mangle or die on."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.storage.strict_json import NotJson, parse

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(PLAIN, st.booleans())
def test_honest_json_comes_through_unchanged(value: object, ascii: bool) -> None:
    written = json.dumps(value, ensure_ascii=ascii).encode("utf-8", "surrogatepass")
    assert parse(written) == (value, [])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80) | st.text(alphabet='{}[]":,\\ud8e1NnaIity-0.', max_size=60).map(str.encode))
def test_any_bytes_are_a_value_that_can_be_written_or_a_clear_refusal(data: bytes) -> None:
    try:
        value, _ = parse(data)
    except NotJson as error:
        assert error.problem
    else:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'{"a": 1, "a": 2}', '"a" is there twice'),
        (b'[{"b": {"c": 1, "c": 1}}]', '"c" is there twice'),
        (b"[NaN]", "NaN"),
        (b"[-Infinity]", "Infinity"),
        (b"[1e400]", "too large"),
        (b"1" * 4001, "4001 digits"),
        (b"[" * 200_000 + b"]" * 200_000, "nested"),
        (b'{"a":' * 100_000, "nested"),
        (b'"a\nb"', "not JSON"),
        (b'"a\0b"', "not JSON"),
        (b'{"a": 1} x', "not JSON"),
        (b"", "not JSON"),
    ],
)
def test_what_it_refuses_it_names(data: bytes, problem: str) -> None:
    with pytest.raises(NotJson, match=problem):
        parse(data)


def test_a_syntax_error_has_its_line() -> None:
    with pytest.raises(NotJson) as caught:
        parse(b'{\n "a": 1,\n oops\n}')
    assert caught.value.line == 3


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1}') == ({"a": 1}, [])


def test_half_characters_are_replaced_in_keys_and_values_but_pairs_stay() -> None:
    value, notes = parse(b'{"\\ud800": ["\\udfff", "\\ud83d\\ude00"]}')
    assert value == {"\ufffd": ["\ufffd", "😀"]}
    assert len(notes) == 1
