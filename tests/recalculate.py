#!/usr/bin/env python3
"""Opens workbooks in LibreOffice, lets it recalculate everything, and compares every formula cell with the result that the
workbook carried: python3 tests/recalculate.py FILE.xlsx...   Needs soffice and the package openpyxl. Exit code 1 on any
difference. `--pdf` also leaves FILE.pdf beside each workbook, to be looked at."""

import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import openpyxl

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def convert(path: Path, kind: str, out: Path, profile: Path) -> Path:
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind, "--outdir", out, path],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return out / f"{path.stem}.{kind}"


def same(carried, computed) -> bool:
    if isinstance(carried, (int, float)) and isinstance(computed, (int, float)):
        return abs(carried - computed) <= 1e-9 * max(1.0, abs(carried))
    return (carried or "") == (computed or "")


def compare(path: Path, out: Path, profile: Path) -> int:
    formulas = openpyxl.load_workbook(path)
    carried = openpyxl.load_workbook(path, data_only=True)
    computed = openpyxl.load_workbook(convert(path, "xlsx", out, profile), data_only=True)
    count, different = 0, 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                count += 1
                old, new = carried[sheet.title][cell.coordinate].value, computed[sheet.title][cell.coordinate].value
                if not same(old, new):
                    different += 1
                    print(f"{path.name} {sheet.title}!{cell.coordinate}: carried {old!r}, computed {new!r}\n    {cell.value}")
    print(f"{path.name}: {len(formulas.sheetnames)} sheets, {count} formulas, {different} different")
    return different


def main(arguments: list[str]) -> int:
    warnings.simplefilter("ignore", UserWarning)
    files = [Path(a).resolve() for a in arguments if not a.startswith("-")]
    with tempfile.TemporaryDirectory() as folder:
        out, profile = Path(folder) / "out", Path(folder) / "profile"
        different = sum(compare(path, out, profile) for path in files)
        if "--pdf" in arguments:
            for path in files:
                convert(path, "pdf", path.parent, profile)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
