"""A reader of a page who opens, clicks and reaches everything, and notes whatever happens then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page

_WATCH: Final = """
window.seen = [];
for (const kind of ["securitypolicyviolation", "error", "hashchange", "submit"]) {
  addEventListener(kind, (event) => {
    if (kind !== "hashchange") seen.push(kind + " " + (event.violatedDirective || ""));
  }, true);
}
for (const name of ["alert", "confirm", "prompt", "open", "fetch"]) {
  window[name] = () => seen.push(name);
}
"""
_CLICK: Final = """
() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const own = "a[href^='#'], summary, button, label, th, td, pre, img";
  for (const each of document.querySelectorAll(own)) each.click();
  for (const each of document.querySelectorAll("*")) {
    for (const kind of ["pointerenter", "mouseover", "mousemove", "focus", "blur", "animationstart",
                        "animationend", "transitionend", "wheel", "contextmenu", "toggle"]) {
      each.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  for (const each of document.querySelectorAll("details")) each.open = true;
}
"""
_STRANGE: Final = """
() => {
  const strange = [];
  const known = new Set(["id", "class", "href", "lang", "charset", "content", "name", "http-equiv",
    "role", "tabindex", "scope", "type", "placeholder", "autocomplete", "spellcheck", "for", "alt",
    "src", "width", "height", "viewBox", "x", "y", "d", "fill", "rx", "open", "hidden", "start",
    "focusable", "preserveAspectRatio", "patternUnits", "clip-path"]);
  const elements = new Set(("html head meta title style body a header div p h1 h2 h3 h4 dl dt dd nav " +
    "ul ol li main section span pre code details summary article table caption thead tbody tr th td " +
    "figure figcaption svg desc defs pattern path rect image text clipPath g script label input " +
    "strong q bdi img button").split(" "));
  for (const each of document.querySelectorAll("*")) {
    if (!elements.has(each.localName)) strange.push("<" + each.localName + ">");
    for (const { name, value } of each.attributes) {
      if (!known.has(name) && !name.startsWith("data-") && !name.startsWith("aria-"))
        strange.push(each.localName + "." + name);
      if (name === "href" && !/^(#[\\w-]+|(\\.\\.\\/)?((ta|students)\\/)?[\\w.-]+\\.html|data:image\\/png;base64,[\\w+/=]+)$/.test(value))
        strange.push("href " + value);
      if (name === "src" && !/^data:image\\/png;base64,[\\w+/=]+$/.test(value))
        strange.push("src " + value);
    }
  }
  return strange;
}
"""  # noqa: E501 - a program of its own


class Visitor:
    """Somebody with a browser. Whatever happens on a page that should not goes to `events`."""

    def __init__(self, context: BrowserContext) -> None:
        self.events: list[str] = []
        context.add_init_script(_WATCH)
        self._page = context.new_page()
        context.on("page", lambda page: self.events.append(f"popup {page.url}"))
        note = self.events.append
        page = self._page
        page.on("console", lambda message: note(f"console {message.text}"))
        page.on("pageerror", lambda error: note(f"error {error}"))
        page.on("download", lambda download: note(f"download {download.url}"))
        page.on("websocket", lambda socket: note(f"socket {socket.url}"))
        page.on("worker", lambda worker: note(f"worker {worker.url}"))
        page.on("request", lambda request: self._requested(request.url))
        self._address = ""

    def visit(self, path: Path) -> Page:
        """Open a page, do all that can be done on it, and leave it open to be read."""
        self._address = path.as_uri()
        page = self._page
        page.goto(self._address)
        page.evaluate(_CLICK)
        for _ in range(6):
            page.keyboard.press("Tab")
        search = page.locator("#search")
        if search.count():
            search.fill("<script> eve &lt;")
            search.fill("")
        page.mouse.move(200, 300)
        page.mouse.wheel(0, 400)
        page.emulate_media(media="print")
        page.emulate_media(media="screen")
        self.events += page.evaluate("window.seen")
        self.events += page.evaluate(_STRANGE)
        if page.url.partition("#")[0] != self._address:
            self.events.append(f"navigation {page.url}")
        return page

    def _requested(self, address: str) -> None:
        if address != self._address and not address.startswith("data:image/png;base64,"):
            self.events.append(f"request {address}")


@contextmanager
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Somebody who has never been here."""
    context = browser.new_context()
    yield Visitor(context)
    context.close()
