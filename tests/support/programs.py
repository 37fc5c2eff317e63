"""Finds the programs that the tests drive (Chromium, PostgreSQL, Java), or installs them with apt-get and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    """Something to run: what it may be called, where else it may lie, the Debian package that brings it."""

    names: tuple[str, ...]
    package: str
    folders: tuple[str, ...] = ()


CHROMIUM = Program(names=("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"), package="chromium")
INITDB = Program(names=("initdb",), package="postgresql", folders=("/usr/lib/postgresql/*/bin",))
JAVA = Program(names=("java",), package="default-jre-headless", folders=("/usr/lib/jvm/*/bin",))


class ProgramMissing(RuntimeError):
    """A program is not here and cannot be installed from here."""


def find(program: Program) -> Path | None:
    """Return where `program` is, the newest first, or None."""
    for name in program.names:
        if found := shutil.which(name):
            return Path(found).resolve() if program.folders else Path(found)
    for folder in program.folders:
        root, _, pattern = folder.partition("*")
        for each in sorted(Path(root).glob("*" + pattern), reverse=True):
            for name in program.names:
                if (each / name).exists():
                    return each / name
    return None


def find_or_install(program: Program) -> Path:
    """Return where `program` is; install its package if it is nowhere. Raises ProgramMissing."""
    if found := find(program):
        return found
    _install(program.package)
    if found := find(program):
        return found
    raise ProgramMissing(f"{program.package} was installed, but none of {', '.join(program.names)} is found.")


def _install(package: str) -> None:
    root = [] if os.geteuid() == 0 else ["sudo"]
    if not shutil.which("apt-get") or (root and not shutil.which("sudo")):
        raise ProgramMissing(f"{package} is missing and cannot be installed from here. Install it, then try again.")
    print(f"tantam: installing {package} with apt-get, for the tests.", file=sys.stderr, flush=True)
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    try:
        subprocess.run([*apt, "update"], check=True, stdout=sys.stderr)
        subprocess.run([*apt, "install", "-y", "--no-install-recommends", package], check=True, stdout=sys.stderr)
    except subprocess.CalledProcessError as error:
        raise ProgramMissing(f"apt-get could not install {package} (exit {error.returncode}).") from error


if __name__ == "__main__":
    try:
        for each in (CHROMIUM, INITDB, JAVA):
            find_or_install(each)
    except ProgramMissing as missing:
        sys.exit(f"tantam: {missing}")
