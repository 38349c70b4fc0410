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
FRAME = 'style="margin:0; background:#e9e4da; display:flex; gap:24px; padding:24px"'
IMAGE = '<img src="data:image/png;base64,{}" style="border-radius:8px">'


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


def beside(browser: Browser, *pictures: bytes, size: tuple[int, int]) -> bytes:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    texts = [IMAGE.format(base64.b64encode(each).decode()) for each in pictures]
    page.set_content(f"<body {FRAME}>{''.join(texts)}</body>")
    return page.screenshot()


def asked(page: Page) -> None:
    """Walk from the first question of May I work? to the answer."""
    said = {"status": "humanitarian_status", "age": "30"}
    while page.locator("input[name=asking]").count():
        fact = page.locator("input[name=asking]").get_attribute("value") or ""
        field = page.locator(f"[name='f-{fact}']:not([type=hidden])")
        if fact not in said:
            button = page.locator("button[name=skip]")
        else:
            button = page.locator(".save-line button").first
            if field.first.get_attribute("type") == "radio":
                page.locator(f"input[name='f-{fact}'][value='{said[fact]}']").check()
            else:
                field.first.fill(said[fact])
        with page.expect_navigation():
            button.click()


def hired(page: Page) -> None:
    """From a candidate's paper and the first day to the employer's answer."""
    for fact, value in [("status", "refugee"), ("employment_start", "2026-12-01")]:
        if fact == "status":
            page.check(f"input[value={value}]")
        else:
            page.fill(f"input[name=f-{fact}]", value)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()


def pictures_of(browser: Browser, base: str) -> dict[str, bytes]:
    """Every picture by its name."""

    def take(path: str, **kind) -> bytes:
        return shot(browser, base, path, **kind)

    phone = {"size": (390, 844)}
    home = take("/bg/", size=(1008, 844))
    arabic = take("/ar/", scheme="dark", **phone)
    law = [
        take("/ar/may-i-work/", **phone),
        take("/bg/may-i-work/", act=asked, **phone),
        take("/uk/may-i-work/", act=asked, scheme="dark", **phone),
    ]
    return {
        "home": beside(browser, home, arabic, size=(1470, 892)),
        "may-i-work": beside(browser, *law, size=(1266, 892)),
        "may-i-hire": take("/en/may-i-hire/", act=hired),
        "law": take("/en/law/cards/?q=single+permit", who="Jonas"),
        "programme": take("/bg/programme/"),
        "contact": take("/en/contacts/new/", who="Jonas"),
        "compose": take("/en/programme/compose/", who="Ines"),
        "statistics": take("/en/statistics/"),
        "find": take("/en/services/?q=may+I+see+a+doctor"),
        "hours": take("/en/programme/hours/", who="Clara"),
    }


def main(base: str) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, picture in pictures_of(browser, base).items():
            (TARGET / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
