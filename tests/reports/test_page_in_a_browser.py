"""The page in headless Chromium: at a phone's width nothing sticks out, and words stand out from what is behind them.

The page itself may run nothing, so a copy without that rule is measured by a script of the test's.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

from .pages import page_of

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
LONGEST = 120  # seconds; a browser that needs more is not tested with
RULE = re.compile(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
MEASURE = """
<script>
const light = c => { const v = c / 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
const shine = c => .2126 * light(c[0]) + .7152 * light(c[1]) + .0722 * light(c[2]);
const colour = s => (s.match(/[\\d.]+/g) || []).map(Number);
const behind = e => {
  for (; e; e = e.parentElement) {
    const c = colour(getComputedStyle(e).backgroundColor);
    if (c.length && c[3] !== 0) return c;
  }
  return [255, 255, 255];
};
const ratio = (a, b) => { const [x, y] = [shine(a), shine(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
const faint = [], out = [];
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const style = getComputedStyle(e), drawn = e instanceof SVGElement;
  if (own && !['title', 'desc', 'script'].includes(e.tagName)) {
    const r = ratio(colour(drawn ? style.fill : style.color), behind(e));
    if (r < 4.5) faint.push(e.tagName + ' ' + r.toFixed(2) + ' ' + e.textContent.slice(0, 40));
  }
  const box = e.getBoundingClientRect();
  if (own && box.width && (box.right > innerWidth + .5 || box.left < -.5) && !e.matches('.skip'))
    out.push(e.tagName + ' ' + box.right.toFixed(0) + ' ' + e.textContent.slice(0, 40));
}
const target = document.querySelector('details:not([open]) summary');
target.focus({focusVisible: true});
parent.document.title = JSON.stringify({
  width: innerWidth, whole: document.documentElement.scrollWidth, faint, out,
  dark: matchMedia('(prefers-color-scheme: dark)').matches, focus: getComputedStyle(target).outlineStyle,
  paper: behind(document.body), charts: [...document.querySelectorAll('figure > svg')].map(e => e.clientWidth),
});
</script>
"""
# A window is never narrower than 500 pixels, a frame can be.
FRAME = """<!DOCTYPE html><title>none</title><style>:root {{ color-scheme: light dark }} body {{ margin: 0 }}</style>
<iframe style="border: 0; width: {width}px; height: 900px" srcdoc="{page}"></iframe>
"""


def browser() -> str:
    """Where it is; the test is left out where it isn't."""
    found = next((place for name in NAMES if (place := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no Chromium here (looked for {', '.join(NAMES)})")
    return found


def ran(folder: Path, page: Path, *options: str) -> str:
    """What Chromium prints, with a profile of its own; left out where it can't be started."""
    command = [browser(), *QUIET, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()]
    env = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, env=env, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"Chromium is here and doesn't run: {type(error).__name__}")
    if done.returncode:
        pytest.skip(f"Chromium is here and doesn't run: exit code {done.returncode}")
    return done.stdout


def measured(folder: Path, source: str, width: int, *options: str) -> dict[str, Any]:
    """What the script sees of a copy of the page."""
    copy = folder / "copy.html"
    assert len(RULE.findall(source)) == 1
    page = RULE.sub("", source).replace("</body>", f"{MEASURE}</body>")
    copy.write_text(FRAME.format(width=width, page=escape(page)), encoding="utf-8")
    shown = ran(folder, copy, "--dump-dom", "--window-size=1300,900", *options)
    title = re.search(r"<title>(\{.*?\})</title>", shown, re.S)
    assert title, "the script did not end"
    seen: dict[str, Any] = json.loads(unescape(title[1]))
    return seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_fits_and_reads_well_at_a_phones_width_and_a_desks(tmp_path: Path, width: int, scheme: str) -> None:
    options = DARK if scheme == "dark" else ()
    seen = measured(tmp_path, page_of("example-onsite"), width, *options)
    assert seen["width"] == width and seen["dark"] == (scheme == "dark")
    assert seen["whole"] <= width and seen["out"] == []
    assert seen["faint"] == []
    assert seen["focus"] == "solid"
    assert len(seen["charts"]) > 3 and min(seen["charts"]) > 300
    assert (sum(seen["paper"][:3]) < 384) == (scheme == "dark")


def test_names_that_never_end_make_nothing_stick_out(tmp_path: Path) -> None:
    source = page_of("hand-played-hostile").replace("Framing", "Framing" * 30).replace("hand-played", "hand" * 60)
    seen = measured(tmp_path, source, 360)
    assert seen["width"] == 360 and seen["whole"] <= 360


def test_a_picture_can_be_taken_of_the_page_as_it_is(tmp_path: Path) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(page_of("example-onsite"), encoding="utf-8")
    ran(tmp_path, page, f"--screenshot={picture}", "--window-size=360,800")
    data = picture.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (360, 800)
    assert len(data) > 20_000  # an empty one has a tenth of it


def test_folded_parts_are_on_paper_too(tmp_path: Path) -> None:
    page, paper, folded = tmp_path / "page.html", tmp_path / "page.pdf", tmp_path / "folded.pdf"
    source = page_of("hand-played-hostile")
    page.write_text(source, encoding="utf-8")
    ran(tmp_path, page, f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    page.write_text(source.replace("<details open", "<details"), encoding="utf-8")
    ran(tmp_path, page, f"--print-to-pdf={folded}", "--no-pdf-header-footer")
    assert _sheets(folded) == _sheets(paper) > 5


def _sheets(pdf: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
