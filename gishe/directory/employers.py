"""Whether a question is about employing people, and not about finding a job."""

from gishe.directory.spelling import bare, words

# Beginnings of words or of several words, as each language says them.
SAID = """
employer, hire, hiring, recruit, staff, employees, find workers
работодател, наема хора, наемам хора, наема служител, наемам служител, назнача,
назначав, персонал, намеря работници
роботодав, найняти, наймати, наймаю, персонал, шукаю працівник
нанять, нанима, персонал, сотрудник, ищу работник
صاحب عمل, صاحب العمل, أصحاب العمل, أصحاب عمل, أرباب, توظيف, موظفين, أوظف
کارفرما, استخدام کن, نیروی کار, کارمند بگیر
employeur, embauch, recrut, salariés
"""


def _plain(text: str) -> str:
    return " ".join(bare(word) for word in words(text))


BEGINNINGS = tuple(
    f" {_plain(said)}" for line in SAID.splitlines() for said in line.split(",") if said
)


def is_about_employing(question: str) -> bool:
    """Whether somebody asks as an employer, in any language of the pages.

    >>> is_about_employing("Искам да назнача бежанец"), is_about_employing("работа")
    (True, False)
    """
    asked = f" {_plain(question)} "
    return any(beginning in asked for beginning in BEGINNINGS)
