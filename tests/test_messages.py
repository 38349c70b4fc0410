"""Every page in every language: the catalogues are complete."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_word_is_translated_with_its_placeholders():
    answer = subprocess.run(
        [sys.executable, ROOT / "tools" / "messages.py", "check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout
