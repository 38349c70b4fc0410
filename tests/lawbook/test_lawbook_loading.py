"""Reading the lawbook: alike with and without libyaml, and only what is asked for."""

import subprocess
import sys

import pytest
import yaml

from gishe.core.rules import PackError
from gishe.lawbook import loading

FILES = sorted(loading.LAWBOOK.rglob("*.yaml"))
ODD = {
    "empty values": "a:\nb: ''\nc: \"\"\nd: ~\ne: null\n",
    "words that look like values": "a: \"29\"\nb: 29\nc: 'true'\nd: true\ne: yes\n",
    "dates": 'a: 2026-06-11\nb: "2026-06-11"\n',
    "blocks": "a: |\n  2026\n  true\nb: >-\n  12\nc: last\n",
    "lists": "- 1\n- [a, {b: c}]\n-\n- # nothing\n",
    "lines after blanks": "\n\n# said\na: 1\n\n\nb:\n\n  c: 2\n",
    "nothing": "",
    "letters": "a: \N{ARABIC LETTER ALEF}\N{CYRILLIC CAPITAL LETTER YA}\nb: 1\n",
}
WRONG = [
    ("a: b: c\n", 1),
    ("a: 1\nb: [1, 2\nc: 3\n", 3),
    ("a: 1\n\tb: 2\n", 2),
    ('a: 1\nb: "open\n', 3),
    ("a: 1\na: 2\n", 2),
    ("a: 1\n[b]: 2\n", 2),
    ("a: 1\nb: 2026-02-30\n", 2),
    ("a: *nowhere\n", 1),
]


@pytest.fixture(params=["libyaml", "python"])
def loader(request, monkeypatch):
    name = {"libyaml": "CSafeLoader", "python": "SafeLoader"}[request.param]
    monkeypatch.setattr(loading, "LOADER", getattr(yaml, name))
    return request.param


def with_each_loader(monkeypatch, text):
    found = []
    for name in ("CSafeLoader", "SafeLoader"):
        monkeypatch.setattr(loading, "LOADER", getattr(yaml, name))
        found.append(loading.read_text(text, "a.yaml"))
    return found


def test_the_quick_parser_is_taken_where_it_is_there():
    assert loading.LOADER is yaml.CSafeLoader


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_both_parsers_read_the_same_law(monkeypatch, path):
    quick, plain = with_each_loader(monkeypatch, path.read_text(encoding="utf-8"))

    assert quick == plain


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_both_parsers_read_the_same_odd_lines(monkeypatch, text):
    quick, plain = with_each_loader(monkeypatch, text)

    assert quick == plain


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_what_is_no_yaml_names_its_line(loader, text, line):
    with pytest.raises(PackError) as caught:
        loading.read_text(text, "a.yaml")

    [problem] = caught.value.problems
    assert (problem.file, problem.line) == ("a.yaml", line)
    assert problem.message


def test_a_text_with_a_colon_is_told_to_stand_in_quotes(loader):
    with pytest.raises(PackError) as caught:
        loading.read_text("a: b: c\n", "a.yaml")

    assert "in quotes" in caught.value.problems[0].hint


def test_the_countries_are_known_without_reading_their_law():
    program = (
        "from gishe.lawbook import loading\n"
        "codes = {about.country for about in loading.abouts().values()}\n"
        "loading.pack('bg')\n"
        "print(*sorted(codes), loading.pack.cache_info().currsize)\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == ["BE", "BG", "ES", "FI", "FR", "GR", "1"]


def test_what_is_told_of_a_pack_is_what_it_says_itself():
    for name, about in loading.abouts().items():
        pack = loading.pack(name)
        assert (about.id, about.country, about.region, dict(about.name)) == (
            pack.id,
            pack.country,
            pack.region,
            dict(pack.name),
        )


def test_a_law_that_is_not_there_is_told():
    with pytest.raises(KeyError):
        loading.pack("jp")
