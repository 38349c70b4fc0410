"""The wheel, installed alone outside the checkout, serves the demo city."""

import os
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "-o",
            target,
            ROOT,
        ],
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


def test_the_wheel_carries_templates_catalogues_and_data(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert "gishe/foundation/templates/base.html" in names
    assert "gishe/foundation/static/gishe/gishe.css" in names
    assert "gishe/foundation/locale/ar/LC_MESSAGES/django.po" in names
    assert "gishe/desks/demo/services.json" in names
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.slow
def test_the_wheel_alone_serves_the_demo_city(wheel, tmp_path, free_port):
    home = tmp_path / "elsewhere"
    venv.create(home / "venv", with_pip=True)
    python = home / "venv" / "bin" / "python"
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run([python, *install], check=True)
    # The dependencies are those already here; the checkout is not among them.
    packages = Path(sysconfig.get_path("purelib"))
    [target] = home.glob("venv/lib/python3*/site-packages")
    (target / "dependencies.pth").write_text(str(packages), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    server = subprocess.Popen(
        [home / "venv" / "bin" / "gishe", "demo", "--port", str(free_port)],
        cwd=home,
        env=environment,
        start_new_session=True,
    )
    try:
        page = _page_when_ready(f"http://127.0.0.1:{free_port}/en/", server)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)

    assert "DEMO" in page


def _page_when_ready(url: str, server: subprocess.Popen) -> str:
    for _ in range(240):
        assert server.poll() is None, "The server stopped."
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError("The server did not answer within two minutes.")
