"""Make the whole course a site: lessons with live panels, guides, glossary and data, in one folder of static files.

``uv run --frozen --group site python notebooks/guides/website.py`` writes ``build/site``. It opens from the disk, from
any server and in a frame of a learning platform, and fetches nothing from elsewhere. ``--repository`` adds Binder to
the launch menu, ``--hub`` a JupyterHub; ``--address`` is where the site will be, for search engines.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

import pages
from online import sources

ONLINE = pages.GUIDES / "online"
SOURCES = pages.BUILD / "site-sources"


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--to", type=Path, default=pages.BUILD / "site", metavar="FOLDER", help="where to write")
    parser.add_argument("--address", metavar="URL", help="where the site will be")
    parser.add_argument("--repository", metavar="URL", help="public repository of the course")
    parser.add_argument("--hub", metavar="URL", help="a JupyterHub that opens notebooks of the repository")
    wanted = parser.parse_args(words)
    for name, given in (("SITE", wanted.address), ("REPOSITORY", wanted.repository), ("HUB", wanted.hub)):
        if given:
            os.environ[f"COURSE_{name}"] = given
    try:
        from sphinx.application import Sphinx
    except ImportError:
        print("Sphinx is not installed; run this with --group site")
        return 1
    sources.fill(SOURCES)
    shutil.rmtree(wanted.to, ignore_errors=True)
    app = Sphinx(SOURCES, ONLINE, wanted.to, pages.BUILD / "site-doctrees", "html", freshenv=True, parallel=2)
    app.build()
    for notebook in SOURCES.glob("*.ipynb"):
        # A page offers the notebook of the course, not what was made of it to be shown.
        shutil.copy(pages.NOTEBOOKS / notebook.name, wanted.to / "_sources" / notebook.name)
    print(f"The site lies in {pages.shown(wanted.to)}; open index.html there")
    return app.statuscode


if __name__ == "__main__":
    sys.exit(main())
