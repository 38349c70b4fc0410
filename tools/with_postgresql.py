"""Runs a command beside a PostgreSQL server made for it, and takes it away after.

    python tools/with_postgresql.py COMMAND …

The command finds the server's address in DATABASE_URL. The server listens on a
socket in its own folder and on no port.
"""

import glob
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def program(name: str) -> str:
    found = shutil.which(name) or next(
        iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        sys.exit(f"PostgreSQL's {name} was not found. Install the package postgresql.")
    return found


def owner() -> tuple[str, list[str]]:
    """Who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name, []
    return "postgres", ["runuser", "-u", "postgres", "--"]


def main() -> int:
    user, as_user = owner()
    folder = Path(tempfile.mkdtemp(prefix="gishe-pg-"))
    folder.chmod(0o755)
    data, socket = folder / "data", folder / "socket"
    socket.mkdir()
    if as_user:
        shutil.chown(folder, user)
        shutil.chown(socket, user)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    made = [
        "-U",
        "gishe",
        "-E",
        "UTF8",
        "-A",
        "trust",
        "--no-sync",
        "--locale",
        "C.UTF-8",
    ]
    subprocess.run([*as_user, program("initdb"), "-D", data, *made], **quiet)
    options = f"-k {socket} -c listen_addresses='' -c fsync=off -c max_connections=60"
    control = [*as_user, program("pg_ctl"), "-D", str(data), "-w"]
    subprocess.run(
        [*control, "-o", options, "-l", str(folder / "log"), "start"], **quiet
    )
    try:
        url = f"postgresql://gishe@/postgres?host={socket}"
        environment = os.environ | {"DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
