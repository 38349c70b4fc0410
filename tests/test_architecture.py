"""Rules of the house that the import linter cannot see."""

import ast
import re
import tomllib
from pathlib import Path

import lucide
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey

ROOT = Path(__file__).resolve().parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
[JOURNEY] = [
    contract["layers"]
    for contract in CONFIG["tool"]["importlinter"]["contracts"]
    if contract.get("id") == "journey"
]
SOURCES = [p for p in (ROOT / "gishe").rglob("*.py") if "migrations" not in p.parts]


def our_models() -> list:
    return [m for m in apps.get_models() if m.__module__.startswith("gishe.")]


def test_installed_rooms_and_import_contract_are_one_list():
    installed = [name.removeprefix("gishe.") for name in settings.ROOMS]

    assert [room for room in JOURNEY if room != "core"] == installed


def test_the_tour_names_the_same_rooms_in_the_same_order():
    tour = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \|", tour, flags=re.MULTILINE)

    assert [room for room in told if room in JOURNEY] == JOURNEY


def test_foreign_keys_point_down_the_stairs():
    floor = {room: len(JOURNEY) - i for i, room in enumerate(JOURNEY)}
    wrong = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.concrete
        and field.related_model
        and floor.get(field.related_model._meta.app_label, 0)
        > floor[model._meta.app_label]
    ]

    assert wrong == []


def test_there_are_no_generic_foreign_keys():
    assert not [
        field
        for model in our_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]


def test_views_never_query_models_themselves():
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.name == "views.py" or path.parent.name == "views"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]

    assert wrong == []


def test_no_signals():
    wrong = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(
            r"from django\.(db\.models|core|dispatch)[\w.]* import .*"
            r"(receiver|Signal|post_save|pre_save)\b",
            path.read_text(encoding="utf-8"),
        )
        and path.name != "fields.py"
    ]

    assert wrong == []


@pytest.mark.parametrize("name", ["utils", "services", "helpers", "managers", "misc"])
def test_no_drawer_modules(name):
    assert not [p for p in SOURCES if p.stem == name]


def test_paired_fields_are_set_together():
    """``sent_at`` and ``sent_by`` stand under one constraint, on every model."""
    wrong = []
    for model in our_models():
        names = {f.name for f in model._meta.concrete_fields}
        said = " ".join(str(c.deconstruct()) for c in model._meta.constraints)
        for name in names:
            other = name.removesuffix("_at") + "_by"
            if not name.endswith("_at") or other not in names:
                continue
            if not model._meta.get_field(name).null:
                continue
            if not re.search(rf"{name}__isnull.*{other}__isnull", said):
                wrong.append(f"{model.__name__}.{name}")

    assert wrong == []


def test_every_template_is_used():
    code = "\n".join(p.read_text(encoding="utf-8") for p in SOURCES)
    templates = list((ROOT / "gishe").glob("*/templates/**/*.html"))
    code += "\n".join(p.read_text(encoding="utf-8") for p in templates)
    settings_text = (ROOT / "config/settings.py").read_text(encoding="utf-8")
    unused = []
    for path in templates:
        name = path.as_posix().split("/templates/", 1)[1]
        framework = name.startswith(("account/", "mfa/", "allauth/", "django/"))
        if not framework and name not in code + settings_text:
            unused.append(name)

    assert unused == []


def icons_of_templates():
    for path in (ROOT / "gishe").glob("*/templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r"""{% icon ["']([^"']+)["']""", text)
        yield from re.findall(r"""\bicon=["']([^"']+)["']""", text)


def icons_of_modules():
    """Icons in calls of the classes that have a field ``icon``."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    fields = {
        node.name: [it.target.id for it in node.body if isinstance(it, ast.AnnAssign)]
        for node in nodes
        if isinstance(node, ast.ClassDef)
    }
    for call in nodes:
        name = getattr(getattr(call, "func", None), "id", "")
        if "icon" not in fields.get(name, []):
            continue
        place = fields[name].index("icon")
        given = {it.arg: it.value for it in call.keywords}
        value = given["icon"] if "icon" in given else call.args[place]
        assert isinstance(value, ast.Constant), ast.unparse(call)
        yield value.value


def test_every_icon_that_is_named_exists():
    named = {*icons_of_templates(), *icons_of_modules()}

    missing = []
    for name in named:
        try:
            lucide._load_icon(name)
        except lucide.IconDoesNotExist:
            missing.append(name)

    assert {"circle-check", "stethoscope", "map-pin"} <= named
    assert missing == []


def test_every_template_keeps_to_its_size():
    long = [
        f"{p.relative_to(ROOT)}: {n} lines"
        for p in (ROOT / "gishe").glob("*/templates/**/*.html")
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 140
    ]

    assert long == []


def test_modules_stay_readable():
    long = [
        f"{p.relative_to(ROOT)}: {n} lines"
        for p in SOURCES
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    ]

    assert long == []
