#!/usr/bin/env python3
"""Kills runs over the sample at random moments and looks at what is left: python3 tests/kill.py PROGRAM [COUNT] [SEED].

Each run replaces an OUTPUT that an earlier run made of less input and that its user has added a file to. Whenever `kill -9`
comes, OUTPUT must be the former or the new one, whole, with the user's file in it, and at most OUTPUT.staging may lie beside
it, which the next run removes. Exit code 1 on anything else."""

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "input"


def tree(folder: Path) -> dict:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if path.name == "run.json":
                manifest = json.loads(content)
                del manifest["started"], manifest["timings_ms"]
                content = json.dumps(manifest, sort_keys=True).encode()
            found[str(path.relative_to(folder))] = content
    return found


def main() -> int:
    program = Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        output, kept = desk / "output", desk / "kept"
        command = [program, "run", "input", "-o", "output", "--no-cache", "-q"]

        def run() -> float:
            begin = time.monotonic()
            subprocess.run(command, cwd=desk, check=True)
            return time.monotonic() - begin

        def restore() -> None:
            shutil.rmtree(output, ignore_errors=True)
            shutil.copytree(kept, output)

        shutil.copytree(SAMPLE / "洪合镇", desk / "input" / "洪合镇")
        run()
        (output / "批注.txt").write_text("mine")
        shutil.copytree(output, kept)
        former = tree(output)
        shutil.copytree(SAMPLE, desk / "input", dirs_exist_ok=True)
        took = run()
        new = tree(output)
        restore()

        outcome = {"former": 0, "new": 0, "ended before": 0, "wrong": 0, "left staging": 0}
        for _ in range(count):
            child = subprocess.Popen(command, cwd=desk)
            try:
                child.wait(chance.uniform(0, took * 1.1))
                outcome["ended before"] += 1
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
            now = tree(output)
            state = "former" if now == former else "new" if now == new else "wrong"
            outcome[state] += 1
            outcome["left staging"] += (desk / "output.staging").exists()
            beside = {path.name for path in desk.iterdir()}
            if state == "wrong" or beside - {"input", "output", "output.lock", "output.staging", "kept"}:
                print(f"wrong: {state}, {sorted(beside)}")
                outcome["wrong"] += state != "wrong"
            if state != "former":
                restore()
        run()
        clean = tree(output) == new and not (desk / "output.staging").exists()
        print(f"{count} runs of {took:.2f} s: {outcome}; the next run is whole and clean: {clean}")
        return 0 if clean and outcome["wrong"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
