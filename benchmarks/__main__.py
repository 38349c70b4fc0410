"""Runs every benchmark and prints one JSON line each, after a line on the machine.

python -m benchmarks [NAME …]
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NOT_A_BENCHMARK = {
    "__init__",
    "__main__",
    "load",
    "plain",
    "rules_peers",
    "rules_work",
}
# Other engines live apart (``make bench``); what is measured beside them runs there.
PEERS = HERE.parent / ".venv" / "bench" / "bin" / "python"
BESIDE_PEERS = {"rules"}


def machine() -> dict[str, object]:
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def main(names: list[str]) -> int:
    print(json.dumps({"machine": machine()}), flush=True)  # noqa: T201
    wanted = names or sorted(p.stem for p in HERE.glob("*.py"))
    failed = 0
    for name in wanted:
        if name in NOT_A_BENCHMARK:
            continue
        apart = name in BESIDE_PEERS and PEERS.exists()
        python = str(PEERS) if apart else sys.executable
        done = subprocess.run([python, "-m", f"benchmarks.{name}"], check=False)
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
