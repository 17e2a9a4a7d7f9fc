"""What must hold on each page, whoever reads it and on whatever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

Open = Callable[..., Page]
PAGES = (
    "index.html",
    "students/showcase.html",
    "ta/showcase.html",
    "students/notebook.html",
    "ta/notebook.html",
)

UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"

CONTRAST = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const light = ([r, g, b]) => {
    const linear = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  for (const each of document.querySelectorAll("details")) each.open = true;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || element.closest("script, style, title, desc")) continue;
    if (!element.checkVisibility() || element.closest(".hidden")) continue;
    const style = getComputedStyle(element);
    const ink = parse(element.closest("svg") ? style.fill : style.color);
    const one = light(ink), two = light(behind(element));
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    found.push([ratio, element.tagName + "." + element.getAttribute("class") + ": " + walker.currentNode.textContent.trim().slice(0, 40)]);
  }
  return found;
}
"""  # noqa: E501 - a program of its own


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_all_text_stands_out_from_what_is_behind_it(
    open_page: Open, path: str, scheme: str
) -> None:
    page = open_page(path, scheme=scheme)
    found = page.evaluate(CONTRAST)
    assert len(found) > 100
    assert [(round(ratio, 2), where) for ratio, where in found if ratio < 4.5] == []


@pytest.mark.parametrize("path", PAGES)
def test_dark_is_dark_and_light_is_light(open_page: Open, path: str) -> None:
    ask = "getComputedStyle(document.body).backgroundColor"
    light = open_page(path).evaluate(ask)
    dark = open_page(path, scheme="dark").evaluate(ask)
    assert light == "rgb(251, 251, 249)"
    assert dark == "rgb(20, 23, 28)"


@pytest.mark.parametrize("path", PAGES)
def test_the_page_never_scrolls_sideways(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.evaluate(UNFOLD)
    for width in (360, 740, 1000, 1280, 2200):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_print_opens_what_is_folded_and_is_never_dark(open_page: Open, path: str) -> None:
    page = open_page(path, scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("details[open]").count() == 0
    hidden = page.locator("details").evaluate_all(
        "all => all.map(d => d.querySelector('summary').nextElementSibling)"
        ".filter(e => e && !(e.getBoundingClientRect().height > 0 && e.checkVisibility())).length"
    )
    assert hidden == 0
    assert not page.locator(".skip").is_visible()


def _names(reports: Path) -> list[str]:
    return sorted(
        str(path.relative_to(reports)) for path in reports.rglob("*.html") if "img" in path.name
    )


def test_markup_in_a_students_words_fires_nothing(open_page: Open, reports: Path) -> None:
    attacked = _names(reports)
    assert len(attacked) == 2
    for path in ("index.html", *attacked):
        page = open_page(path)
        page.evaluate(
            "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
        )
        page.mouse.move(300, 300)
        assert page.evaluate("window.hit") == 0
        addresses = page.locator("img").evaluate_all("all => all.map(img => img.src.slice(0, 33))")
        assert set(addresses) <= {"data:image/png;base64,iVBORw0KGgo"}
        assert bool(addresses) is path.startswith("ta/")
        assert page.get_by_text('onerror="window.hit=1"').count() > 0


@pytest.mark.parametrize("path", ["index.html", "students/showcase.html"])
def test_the_policy_holds_even_where_escaping_failed(
    browser: Browser, reports: Path, tmp_path: Path, path: str
) -> None:
    """The same page with raw markup in it, as if a template had forgotten to escape."""
    attack = (
        '<script>window.hit=1</script><img src="nowhere.png" onerror="window.hit=1">'
        '<img src="https://example.invalid/seen.png"><iframe srcdoc="<b>x</b>"></iframe>'
        '<p id="styled" style="position:fixed">x</p>'
    )
    text = (reports / path).read_text("utf-8").replace("</h1>", "</h1>" + attack, 1)
    page_file = tmp_path / "page.html"
    page_file.write_text(text, "utf-8")
    context = browser.new_context()
    context.add_init_script("window.hit = 0")
    page = context.new_page()
    loaded: list[str] = []
    page.on("requestfinished", lambda request: loaded.append(request.url))
    blocked: dict[str, str | None] = {}
    page.on("requestfailed", lambda request: blocked.update({request.url: request.failure}))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(page_file.as_uri())
    assert page.evaluate("window.hit") == 0
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).position") == "static"
    assert loaded == [page_file.as_uri()]
    assert set(blocked.values()) == {"csp"}
    assert sum("Content Security Policy" in each for each in refused) >= 4
    context.close()


def test_a_picture_has_a_name_and_a_description_for_who_cannot_see_it(open_page: Open) -> None:
    page = open_page("students/showcase.html")
    picture = page.get_by_role("img", name="deliveries of the lecture, and your line")
    assert picture.count() == 1
    assert "least squares: 2 points, values from 8.47 to 29.1" in (
        picture.locator("desc").text_content() or ""
    )
    assert picture.locator("text").count() > 6


@pytest.mark.parametrize("path", PAGES)
def test_the_first_tab_stop_leads_to_the_results(open_page: Open, path: str) -> None:
    page = open_page(path)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the results"
    box = focused.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert page.get_by_role("main").count() == 1


def test_reduced_motion_is_respected(open_page: Open) -> None:
    page = open_page("students/showcase.html")
    ask = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(ask) == "smooth"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(ask) == "auto"
