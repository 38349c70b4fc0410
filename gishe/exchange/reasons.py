"""What is said of a row that was mended or refused, and of a source nobody can read.

One sentence a code: what is the matter and, where somebody must act, what to do.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gishe.exchange.ledger import Change

# Told of one cell or row.
ROW: dict[str, str | Promise] = {
    # repaired
    "markup_removed": _("Markup was taken out; the words stayed."),
    "control_removed": _("Signs that cannot be printed were taken out."),
    "url_mended": _("The web address was written in full."),
    "bad_url": _("This is no web address; it was left out. Write https://…"),
    "email_mended": _("The e-mail address was written plainly; of several, the first."),
    "bad_email": _("This is no e-mail address; it was left out."),
    "decimal_comma": _("The comma was read as a decimal point."),
    "bad_number": _("This is no number that fits here. Write digits."),
    "off_the_earth": _(
        "A latitude lies between -90 and 90, a longitude between -180 and 180; "
        "this one was left out."
    ),
    "half_a_place": _("This is no place on earth; the coordinates were left out."),
    "date_read": _("The date was read, and written year first."),
    "date_unclear": _("Day and month cannot be told apart. Write 2026-11-30."),
    "bad_date": _("There is no such date. Write 2026-11-30."),
    "time_read": _("The time was read, and written as 09:00."),
    "time_zone_dropped": _("The time zone was left out: hours are local."),
    "midnight_is_last_minute": _("Midnight was written as 23:59."),
    "afternoon_meant": _("The closing hour was read as an hour of the afternoon."),
    "closed_that_day": _("A day without hours: closed. No hours are kept for it."),
    "weekday_read": _("The weekdays were written in the short form of the standard."),
    "word_read": _("The word was replaced by the standard's word for it."),
    "bad_location_type": _("Not physical, postal or virtual; physical was taken."),
    "language_read": _("The name of the language was replaced by its code."),
    "language_code_added": _("The code of the language was added."),
    "bad_language": _("No such language is known; the code was left out."),
    "no_phone": _("The row says that there is no telephone, so none is kept."),
    "phones_split": _("Several numbers in one cell became several telephones."),
    "extension_split": _("The extension was put in its own place."),
    "note_split": _("The words beside the number became its description."),
    "phone_written": _("The number was written in the international form."),
    "ages_swapped": _("The lower age stood last; the two were swapped."),
    "more_free_than_there_is": _(
        "More is free than there is; the maximum was left out."
    ),
    "same_row_twice": _("The same row came twice; it was taken once."),
    "own_parent": _("The row points at itself; the link was left out."),
    "ids_split": _("Several ids in one cell became several links."),
    "link_dropped": _("The row pointed at stands nowhere; the link was left out."),
    "stand_in": _(
        "The organization is not in the source. A stand-in with its number keeps the "
        "service; bring the organization and it fills."
    ),
    "empty_row": _("The row says nothing; it was left out."),
    # refused
    "too_many_cells": _(
        "The row has more cells than the table has columns. Put text that holds the "
        "separator in quotation marks."
    ),
    "required_empty": _("This cell must not be empty. Fill it in."),
    "too_long": _("The text is too long for this column. Shorten it."),
    "bad_time": _("This is no time of day. Write 09:00."),
    "bad_weekday": _("This is no weekday. Write MO, TU, WE, TH, FR, SA or SU."),
    "bad_status": _(
        "No such state. Write active, inactive, defunct or temporarily closed."
    ),
    "bad_freq": _("Write WEEKLY or MONTHLY."),
    "ends_before_it_begins": _(
        "It ends before it begins. Correct the two; hours over midnight need two rows."
    ),
    "closed_day_kept": _(
        "Closed days have no place among hours. Write them into the alert of the "
        "service."
    ),
    "id_twice": _("Another row has this id and says other things. Give it its own."),
    "points_nowhere": _("The row pointed at is not here. Bring it too, or correct it."),
    "points_at_refused": _("The row pointed at was refused. Mend that one first."),
    "belongs_to_nothing": _(
        "The row belongs to no service, organization or location. Say to which."
    ),
}
# Told of a whole file.
FILE: dict[str, str | Promise] = {
    "encoding_guessed": _(
        "The encoding is a guess: %(encoding)s. If letters look wrong, save the file "
        "as UTF-8."
    ),
    "language_named": _(
        "The file says that its texts are in this language, and so they were read: "
        "%(language)s."
    ),
    "separator": _("The cells are separated by %(separator)s."),
    "unknown_file": _("This file is no table of the standard; it was not read."),
    "unknown_column": _("The column %(column)s is not known; it was not taken."),
    "missing_column": _("A column that is needed is missing: %(column)s."),
    "empty_file": _("The file is empty."),
    "datapackage_broken": _(
        "The datapackage cannot be read; the names of the files say what they are."
    ),
    "ids_made": _("Rows without an id got one, the same every time they come."),
}
# Why a source cannot be read at all. Nothing was changed.
SOURCE: dict[str, str | Promise] = {
    "no_such_file": _("There is no file %(file)s."),
    "file_broken": _("%(file)s is broken and cannot be read: %(error)s."),
    "file_grew": _("%(file)s holds more than it says; it was not read."),
    "file_too_big": _(
        "%(file)s is too big: a table may have %(most)s MB. Split it into parts."
    ),
    "json_too_big": _(
        "%(file)s is too big: JSON may have %(most)s MB. Send it as tables in a zip."
    ),
    "too_big_unpacked": _("Unpacked it is more than %(most)s MB; it was not read."),
    "zip_bomb": _("%(file)s unpacks to far more than it should; nothing was read."),
    "zip_encrypted": _("%(file)s is locked with a password. Send it without one."),
    "zip_points_outside": _(
        "The zip holds a file that points outside of it (%(file)s); nothing was read."
    ),
    "too_many_files": _("There are more than %(most)s files in it."),
    "too_many_rows": _("%(file)s has more than %(most)s rows. Split it into parts."),
    "too_many_columns": _("%(file)s has too many columns to be a table."),
    "too_deep": _("%(file)s is nested too deeply to be a directory."),
    "column_twice": _(
        "%(file)s has two columns called %(column)s. Rename or delete one."
    ),
    "bad_csv": _("%(file)s breaks off at row %(row)s: %(error)s."),
    "bad_json": _("%(file)s is no JSON: %(error)s."),
    "nothing_to_read": _(
        "%(file)s holds no table (.csv) and no .json. Is it the right file?"
    ),
    "no_known_table": _(
        "%(file)s holds no table of the standard. Name the files organizations.csv, "
        "services.csv …, or save a column mapping first."
    ),
    "column_missing": _("%(file)s has no column %(column)s, which the mapping needs."),
}


def sentence(code: str, values: Mapping[str, object]) -> str:
    """The sentence of a file or a whole source, in the reader's language."""
    words = SOURCE.get(code) or FILE[code]
    return str(words) % {key: str(value) for key, value in values.items()}


def of_change(change: Change) -> str:
    """The sentence of one change of a row, in the reader's language."""
    return str(ROW[change.code])
