"""What a reader does with the editions for the browser, done in Chromium from the disk: `browsing.py build/BOOK …`.

With scripts and without, on windows from a telephone's to a wall's, in every colour. Prints a line for whatever does not work,
and one that begins with BROWSING in the end. Needs playwright and a Chromium, which acceptance.sh sets up.
"""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

SIZES = ((320, 640), (768, 1024), (1440, 900), (3840, 2160))
THEMES = ("light", "sepia", "dark")
MANY = 8
"""How many pages of a folder are looked at in every size."""

CONTRAST = """() => {
  const style = getComputedStyle(document.documentElement);
  const light = name => {
    const number = parseInt(style.getPropertyValue(name).trim().slice(1), 16);
    const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const part = shift => linear(((number >> shift) & 255) / 255);
    return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
  };
  const pairs = ["--ink", "--quiet", "--accent"].flatMap(ink => [[ink, "--ground"], [ink, "--panel"]]);
  return Math.min(...pairs.map(([a, b]) => {
    const [one, other] = [light(a), light(b)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }));
}"""
NOTES = """() => {
  const notes = Array.from(document.querySelectorAll(".notes > ol > li")).map(note => note.getBoundingClientRect());
  const main = document.querySelector("main").getBoundingClientRect();
  return notes.every((note, place) => (note.left >= main.right || note.right <= main.left) && note.left >= 0
    && note.right <= document.documentElement.clientWidth && (place === 0 || note.top >= notes[place - 1].bottom));
}"""


class Reading:
    """One book that is read, and what did not work."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        """Find the pages of a book's folder."""
        self._browser = browser
        self._web = folder / "web"
        self._single = folder / f"{folder.name}.html"
        self._pages = sorted(self._web.glob("*.html"))
        self.faults: list[str] = []
        self.done = 0

    def _expect(self, what: str, *, holds: bool) -> None:
        self.done += 1
        if not holds:
            self.faults.append(f"{self._web.parent.name}: {what}")

    @asynccontextmanager
    async def _window(self, size: tuple[int, int] = (1440, 900), **options: Any) -> AsyncIterator[Page]:
        width, height = size
        context = await self._browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: self.faults.append(f"{page.url}: {line.text}") if line.type == "error" else None)
        page.on("request", lambda asked: self._expect(f"asks for {asked.url}", holds=asked.url.startswith(("file:", "data:"))))
        yield page
        await context.close()

    async def read(self) -> None:
        """Do everything."""
        for scripts in (True, False):
            for size in SIZES:
                async with self._window(size, java_script_enabled=scripts) as page:
                    for path in (self._single, *self._pages[:MANY]):
                        await page.goto(path.as_uri())
                        over = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
                        self._expect(f"{path.name} at {size[0]}: {over} px too wide", holds=over <= 1)
        await self._without_scripts()
        await self._settings()
        await self._search()
        await self._notes()
        await self._way()
        await self._paper()

    async def _without_scripts(self) -> None:
        async with self._window(java_script_enabled=False) as page:
            await page.goto((self._web / "index.html").as_uri())
            seen = {"index.html"}
            while await page.locator("a.next").count():
                await page.locator("a.next").click()
                seen.add(Path(page.url).name)
            self._expect("turning pages does not reach every page", holds=seen == {path.name for path in self._pages})
            self._expect("tools without scripts", holds=await page.locator(".tools").count() == 0)
            if noted := self._noted():
                await page.goto(noted.as_uri())
                await page.locator("a.note-call").first.click()
                self._expect("a note's number is no link", holds="#" in page.url)
                await page.locator(".note-back a").first.click()
                self._expect("no way back from a note", holds=page.url.endswith("-call"))

    def _noted(self) -> Path | None:
        return next((path for path in self._pages if 'class="notes"' in path.read_text("utf-8")), None)

    async def _settings(self) -> None:
        for first, second in ((self._pages[0], self._pages[-1]), (self._single, self._single)):
            async with self._window() as page:
                await page.goto(first.as_uri())
                size = "parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"
                usual = await page.evaluate(size)
                for theme in THEMES:
                    await page.locator("[popovertarget=_settings]").click()
                    await page.locator(f"input[name=theme][value={theme}]").check()
                    contrast = await page.evaluate(CONTRAST)
                    self._expect(f"{theme}: contrast of {contrast:.2f}", holds=contrast >= 4.5)
                    await page.keyboard.press("Escape")
                    held = await page.evaluate("document.activeElement.getAttribute('popovertarget')")
                    self._expect("focus is lost when the settings close", holds=held == "_settings")
                await page.locator("[popovertarget=_settings]").click()
                await page.locator("input[name=size]").focus()
                await page.keyboard.press("ArrowUp")
                await page.goto(second.as_uri())
                self._expect(
                    "a theme is forgotten", holds=await page.evaluate("document.documentElement.dataset.theme") == "dark"
                )
                self._expect("the size is forgotten", holds=await page.evaluate(size) > usual)

    async def _search(self) -> None:
        for path in (self._pages[0], self._single):
            async with self._window((320, 640)) as page:
                await page.goto(path.as_uri())
                text = await page.evaluate("document.querySelector('main p[id], main p').textContent")
                word = max(re.findall(r"\w+", text), key=len)
                await page.locator("[popovertarget=_search]").click()
                await page.keyboard.type(word.upper())
                await page.locator(".finds a").first.wait_for(timeout=5000)
                await page.locator(".finds a").first.click()
                await page.wait_for_timeout(200)
                there = "location.hash === '' || document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"
                self._expect(f"search for {word} does not arrive", holds=await page.evaluate(there))
                self._expect("search stays open", holds=not await page.locator("#_search").is_visible())

    async def _notes(self) -> None:
        noted = self._noted()
        if noted is None:
            return
        async with self._window((320, 640)) as page:
            await page.goto(noted.as_uri())
            await page.locator("a.note-call").first.click()
            shown = (await page.locator(".note-body").inner_text()).strip()
            self._expect("a tap shows no note", holds=len(shown) > 3 and await page.locator("#_note").is_visible())
            await page.keyboard.press("Escape")
            self._expect("a note stays open", holds=not await page.locator("#_note").is_visible())
        for path in (noted, self._single):
            async with self._window() as page:
                await page.goto(path.as_uri())
                await page.locator("html:not(.rolled)").wait_for(state="attached")
                await page.wait_for_timeout(300)
                beside = await page.evaluate("document.documentElement.classList.contains('beside')")
                self._expect(f"{path.name}: notes are not beside the text", holds=beside)
                self._expect(f"{path.name}: notes lie over each other or the text", holds=await page.evaluate(NOTES))

    async def _way(self) -> None:
        long = max(
            (path for path in self._pages if path.name != "index.html"),
            key=lambda path: path.read_text("utf-8").count("permalink"),
        )
        for path, front in ((long, self._web / "index.html"), (self._single, self._single)):
            async with self._window((320, 480)) as page:
                await page.goto(path.as_uri())
                await page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
                await page.wait_for_timeout(700)
                done = await page.locator(".percent").inner_text()
                self._expect("no progress", holds=int(re.sub(r"\D", "", done)) > 0)
                await page.goto(front.as_uri())
                await page.locator(".resume a").click()
                await page.wait_for_timeout(300)
                self._expect("the place is forgotten", holds="#" in page.url and await page.evaluate("scrollY") > 100)
                await page.locator("main p[id] > .permalink").first.evaluate("link => link.parentElement.scrollIntoView()")
                await page.locator("main p[id]:has(> .permalink)").first.hover()
                self._expect("no permalink", holds=await page.locator("main p[id] > .permalink").first.is_visible())
        async with self._window() as page:
            await page.goto(self._single.as_uri())
            await page.locator("a.to-contents").click()
            self._expect("no contents at hand", holds=await page.locator("#_contents a").first.is_visible())

    async def _paper(self) -> None:
        async with self._window() as page:
            await page.goto(self._pages[0].as_uri())
            await page.emulate_media(media="print")
            self._expect("the bar is printed", holds=not await page.locator(".bar").is_visible())
        async with self._window(forced_colors="active") as page:
            await page.goto(self._pages[0].as_uri())
            self._expect("no tools in forced colours", holds=await page.locator(".tools").is_visible())
            self._expect(
                "moves", holds=await page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
            )


async def main(folders: list[Path]) -> int:
    """Read the books, and say how it was."""
    faults: list[str] = []
    done = 0
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for folder in folders:
            reading = Reading(browser, folder.resolve())
            await reading.read()
            faults += reading.faults
            done += reading.done
        await browser.close()
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    sys.stdout.write(f"BROWSING {'FAIL' if faults else 'PASS'} books={len(folders)} checks={done} faults={len(faults)}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main([Path(name) for name in sys.argv[1:]])))
