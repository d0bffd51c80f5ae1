"""Licences of the packages that the notebooks need, and what is known against their locked versions.

    uv run --frozen --with pip-audit python tests/tools/audit.py

Prints a table of licences, as the packages themselves state them, then asks the advisory service that pip-audit uses.
The exit code is 1 if there is an advisory, and 2 if any package could not be looked up: then nothing is known, and that
is not the same as nothing being wrong.
"""

import argparse
import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).resolve().parents[2] / "binder" / "requirements.txt"
OPEN = re.compile(r"BSD|MIT|Apache|Python|PSF|ISC|MPL|Mozilla|Unlicense|Zlib|HPND|Public Domain", re.IGNORECASE)


def licence(name: str) -> str:
    """What a package states, in its shortest form; empty if it is not installed here."""
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    classes = [c.rpartition(" :: ")[2] for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    text = metadata.get("License-Expression") or ", ".join(classes) or metadata.get("License") or "not stated"
    return text.strip().splitlines()[0]


def licences() -> dict[str, str]:
    """Licences of the pinned packages by name and version; those for other systems than this one are left out."""
    pins = re.findall(r"^([\w.-]+)==(\S+)", PINS.read_text(encoding="utf-8"), re.MULTILINE)
    installed = {name: licence(name) for name, _ in pins}
    versions = {name: importlib.metadata.version(name) for name, found in installed.items() if found}
    return {f"{name} {version}": installed[name] for name, version in pins if versions.get(name) == version}


def verdict(report: dict) -> tuple[int, list[str]]:
    """Exit code and sentences for a report of pip-audit."""
    packages = report["dependencies"]
    found = [f"{p['name']} {p['version']}: {v['id']}" for p in packages for v in p.get("vulns", ())]
    unknown = [p["name"] for p in packages if "skip_reason" in p]
    says = [*found, f"{len(packages) - len(unknown)} packages looked up, {len(found)} advisories"]
    if unknown:
        says.append(f"not looked up, so nothing is known: {len(unknown)} of {len(packages)} packages")
    return (1 if found else 2 if unknown else 0), says


def main() -> int:
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    table = licences()
    for package, stated in table.items():
        print(f"{package:<36}{stated}{'' if OPEN.search(stated) else '   <- look at this one'}")
    print(f"{len(table)} packages\n")
    words = ["--requirement", str(PINS), "--disable-pip", "--require-hashes", "--format=json", "--progress-spinner=off"]
    done = subprocess.run([sys.executable, "-m", "pip_audit", *words], stdout=subprocess.PIPE, text=True)
    if not done.stdout.strip():
        print("pip-audit gave no report; what it says stands above")
        return 2
    code, says = verdict(json.loads(done.stdout))
    print("\n".join(says))
    return code


if __name__ == "__main__":
    sys.exit(main())
