"""The report of an import: for programs as JSON, for people row by row, in files."""

import csv
import io
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, overload
from uuid import UUID

from django.conf import settings
from django.http import Http404

from gishe.exchange import reasons
from gishe.exchange.comparing import Plan
from gishe.exchange.ledger import REFUSED, REPAIRED, TAKEN, Change, Entry
from gishe.exchange.reading import FileNote, Package


@dataclass
class Report:
    """What became of a source."""

    entries: list[Entry]
    files: dict[str, str]  # file → encoding
    columns: Mapping[str, list[str]]
    notes: list[FileNote]
    counts: dict[str, int] = field(default_factory=dict)
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    stand_ins: list[str] = field(default_factory=list)
    kept_local: list[dict[str, Any]] = field(default_factory=list)
    vanished: list[dict[str, str]] = field(default_factory=list)
    refused_files: list[str] = field(default_factory=list)

    def refused(self) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.outcome == REFUSED)

    def for_programs(self) -> dict[str, Any]:
        """The whole report as JSON; its sentences in the reader's language."""
        return {
            "counts": self.counts,
            "files": _files(self),
            "tables": self.tables,
            "notes": [
                {
                    "file": n.file,
                    "code": n.code,
                    "text": reasons.sentence(n.code, n.values),
                }
                for n in self.notes
            ],
            "stand_ins": self.stand_ins,
            "kept_local": self.kept_local,
            "vanished": self.vanished,
            "refused_files": self.refused_files,
            "rows": [row(entry) for entry in self.entries],
        }


def row(entry: Entry) -> dict[str, Any]:
    """One row of the report."""
    said: dict[str, Any] = {
        "file": entry.row.file,
        "row": entry.row.number,
        "table": entry.row.table,
        "id": entry.row.values.get("id", ""),
        "outcome": entry.outcome,
    }
    if entry.changes:
        said["changes"] = [
            {
                "column": c.column,
                "before": c.before,
                "after": c.after,
                "code": c.code,
                "text": reasons.of_change(c),
            }
            for c in entry.changes
        ]
    return said


def _files(report: Report) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {file: Counter() for file in report.files}
    for entry in report.entries:
        counts.setdefault(entry.row.file, Counter())[entry.outcome] += 1
    return [
        {
            "file": file,
            "encoding": report.files.get(file, ""),
            "rows": found.total(),
            **{outcome: found[outcome] for outcome in (TAKEN, REPAIRED, REFUSED)},
        }
        for file, found in counts.items()
    ]


def made(
    package: Package, entries: list[Entry], plan: Plan, stand_ins: list[str]
) -> Report:
    """Bring together what was read and what it changes."""
    outcomes = Counter(entry.outcome for entry in entries)
    counts = {
        "rows": len(entries),
        TAKEN: outcomes[TAKEN],
        REPAIRED: outcomes[REPAIRED],
        REFUSED: outcomes[REFUSED],
        **plan.counts(),
        "stand_ins": len(stand_ins),
    }
    names = {*plan.created, *plan.updated, *plan.unchanged, *plan.removed}
    tables = {
        name: {
            "created": len(plan.created.get(name, [])),
            "updated": sum(u.is_change for u in plan.updated.get(name, [])),
            "unchanged": plan.unchanged.get(name, 0),
            "removed": len(plan.removed.get(name, [])),
        }
        for name in sorted(names)
    }
    return Report(
        entries=entries,
        files=dict(package.files),
        columns=package.columns,
        notes=package.notes,
        counts=counts,
        tables=tables,
        stand_ins=stand_ins,
        kept_local=[
            {"table": table, "id": str(identity), "fields": fields}
            for table, identity, fields in plan.kept_local
        ],
        vanished=[
            {"table": table, "id": str(identity), "source_id": key}
            for table, gone in plan.vanished.items()
            for identity, key in gone
        ],
    )


# Files -----------------------------------------------------------------------


def folder_of(run: UUID) -> Path:
    """Where the report of a run and the source that it looked at are kept."""
    return Path(settings.HOME) / "imports" / str(run)


def refused_folder(run: UUID) -> Path:
    """Where the refused rows of a run lie, to be mended and brought again."""
    return Path(settings.HOME) / "refused" / str(run)


def write_refused(report: Report, run: UUID) -> None:
    """One file for every file with refused rows: its columns, and the reason."""
    by_file: dict[str, list[Entry]] = {}
    for entry in report.refused():
        name = entry.row.file
        if name.lower().endswith(".json"):
            name = f"{entry.row.table}.csv"
        by_file.setdefault(name, []).append(entry)
    folder = refused_folder(run)
    shutil.rmtree(folder, ignore_errors=True)
    for name, entries in sorted(by_file.items()):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name.replace("/", "_")
        _write_refused(path, entries, report.columns.get(entries[0].row.file, []))
        report.refused_files.append(str(path))


def _write_refused(path: Path, entries: list[Entry], header: list[str]) -> None:
    names = [*header] or sorted({name for e in entries for name in e.row.raw})
    if any(name not in names for e in entries for name in e.row.raw):
        names += sorted({n for e in entries for n in e.row.raw} - set(names))
    if "reason" not in names:
        names.append("reason")
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, names, extrasaction="ignore")
        writer.writeheader()
        for entry in entries:
            told = " ".join(_told(c) for c in entry.changes if not c.after)
            writer.writerow({**entry.row.raw, "reason": told})


def _told(change: Change) -> str:
    where = f"{change.column}: " if change.column else ""
    return f"{where}{reasons.of_change(change)}"


def write(report: Report, run: UUID) -> None:
    """Keep the report, one row a line, so that a page of it can be read alone."""
    folder = folder_of(run)
    folder.mkdir(parents=True, exist_ok=True)
    about = report.for_programs()
    rows = about.pop("rows")
    # Sentences are made anew for every reader; only their codes are kept.
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as stream:
        for each in rows:
            for change in each.get("changes", []):
                change.pop("text")
            stream.write(json.dumps(each, ensure_ascii=False) + "\n")
    notes = [
        {"file": n.file, "code": n.code, "values": dict(n.values)} for n in report.notes
    ]
    about["notes"] = notes
    (folder / "report.json").write_text(
        json.dumps(about, ensure_ascii=False), encoding="utf-8"
    )


def read_about(run: UUID) -> dict[str, Any] | None:
    """The report without its rows, or None where it was cleared away."""
    path = folder_of(run) / "report.json"
    if not path.exists():
        return None
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for note in about["notes"]:
        note["text"] = reasons.sentence(note["code"], note["values"])
    return about


def read_rows(run: UUID, outcome: str, first: int, count: int) -> list[dict[str, Any]]:
    """Some rows of one outcome, with their sentences in the reader's language."""
    path = folder_of(run) / "rows.jsonl"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as stream:
        fitting = (line for line in stream if f'"outcome": "{outcome}"' in line)
        rows = [json.loads(line) for line in islice(fitting, first, first + count)]
    for each in rows:
        for change in each.get("changes", []):
            change["text"] = reasons.of_change(Change(**change))
    return rows


class Rows(Sequence[dict[str, Any]]):
    """The rows of one outcome as a sequence that is read page by page."""

    def __init__(self, run: UUID, outcome: str, count: int) -> None:
        self.run, self.outcome, self.rows = run, outcome, count

    def __len__(self) -> int:
        return self.rows

    @overload
    def __getitem__(self, part: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, part: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, part: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first, last, _ = part.indices(self.rows)
        return read_rows(self.run, self.outcome, first, last - first)


def refused_download(run: UUID) -> tuple[str, bytes]:
    """The refused rows as one file: a CSV, or a zip where there are several."""
    files = sorted(refused_folder(run).glob("*.csv"))
    if not files:
        raise Http404
    if len(files) == 1:
        return files[0].name, files[0].read_bytes()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return "refused.zip", stream.getvalue()
