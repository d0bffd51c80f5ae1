"""Make ``vega.min.js.gz`` and ``vega-interpreter.min.js.gz`` from the modules that ``vega_parts/`` locks.

Run ``uv run --frozen --group test python tests/tools/vega.py`` after a change there; it needs Node.js and its registry.
What a chart of the course could never use is left out, as every lesson's file has these scripts inside, and they are
packed by Zopfli, a twenty-fifth smaller than by zlib.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import zopfli.gzip

ROOT = Path(__file__).resolve().parents[2]
PARTS = Path(__file__).with_name("vega_parts")
PACKAGE = ROOT / "notebooks" / "sovereign_compute"
MADE = {
    "vega": PACKAGE / "controls" / "vega.min.js.gz",
    "vega-interpreter": PACKAGE / "browser" / "vega-interpreter.min.js.gz",
}
LEFT_OUT = {
    "d3-geo": "./maps.cjs",
    "d3-scale-chromatic": "./palettes.js",
    "topojson-client": "./maps.cjs",
    "vega": "vega-util",
    "vega-expression": "./node_modules/vega-expression/index.js",
}
"""Modules and what stands for them. Of the whole of Vega, Vega-Lite takes a few helpers, and it brings a reader of
expressions of its own, a little older than Vega's, which reads the same."""
SHORT = ["--module", "--mangle", "--compress", "passes=2,ecma=2020"]
"""How terser writes a bundle again: a twentieth shorter than esbuild, also once it is packed."""


def make() -> None:
    """Install what is locked into a folder that is thrown away, and bundle it; a program that fails ends this one."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not installed: it comes with Node.js")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "parts")
        shutil.copytree(PARTS, folder)
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
        for module, target in MADE.items():
            bundle = folder / f"{module}.min.js"
            words = ["--bundle", "--minify", "--format=esm", "--log-level=warning", f"--outfile={bundle}"]
            words += [f"--alias:{one}={other}" for one, other in LEFT_OUT.items()]
            programs = folder / "node_modules" / ".bin"
            _run([programs / "esbuild", f"{module}.js", *words], folder)
            _run([programs / "terser", bundle, *SHORT, "--output", bundle], folder)
            target.write_bytes(zopfli.gzip.compress(bundle.read_bytes()))


def _run(words: list, folder: Path) -> None:
    done = subprocess.run(words, cwd=folder)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    make()
    for path in MADE.values():
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
