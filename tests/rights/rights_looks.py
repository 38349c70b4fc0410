"""What a reviewer would see of a page of the law."""


def looks(browser, who):
    """What is wrong with a page; axe needs JavaScript."""
    found = ["overflows"] if browser.overflows() else []
    return found + (browser.findings() if who == "visitor" else [])
