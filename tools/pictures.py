"""The README's pictures, taken from a running demo city.

    python tools/pictures.py http://127.0.0.1:8000

Run it on a working day between ten and twelve, when the counter is busy.
"""

import base64
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIDE_BY_SIDE = """
<body style="margin:0; background:#e9e4da; display:flex; gap:24px; padding:24px">
<img src="data:image/png;base64,{}" width="980" style="border-radius:8px">
<img src="data:image/png;base64,{}" width="380" style="border-radius:8px">
</body>
"""


def enter(page: Page, base: str, name: str, language: str) -> None:
    page.goto(f"{base}/{language}/account/login/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/today/")


def shot(browser: Browser, base: str, path: str, *, who: str = "", **kind) -> bytes:
    width, height = kind.get("size", (1180, 860))
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=kind.get("scheme", "light"),
    )
    page = context.new_page()
    if who:
        enter(page, base, who, path.split("/")[1])
    page.goto(f"{base}{path}")
    if act := kind.get("act"):
        act(page)
    taken = page.screenshot()
    context.close()
    return taken


def beside(browser: Browser, wide: bytes, narrow: bytes) -> bytes:
    page = browser.new_page(viewport={"width": 1432, "height": 868})
    texts = [base64.b64encode(each).decode() for each in (wide, narrow)]
    page.set_content(SIDE_BY_SIDE.format(*texts))
    return page.screenshot()


def main(base: str) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    phone = {"size": (390, 844)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        home = shot(browser, base, "/bg/", size=(1008, 844))
        arabic = shot(browser, base, "/ar/", scheme="dark", **phone)
        pictures = {
            "home": beside(browser, home, arabic),
            "programme": shot(browser, base, "/bg/programme/"),
            "contact": shot(browser, base, "/en/contacts/new/", who="Jonas"),
            "compose": shot(browser, base, "/en/programme/compose/", who="Ines"),
            "statistics": shot(browser, base, "/en/statistics/"),
            "find": shot(browser, base, "/en/services/?q=may+I+see+a+doctor"),
            "hours": shot(browser, base, "/en/programme/hours/", who="Clara"),
        }
        for name, picture in pictures.items():
            (TARGET / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
