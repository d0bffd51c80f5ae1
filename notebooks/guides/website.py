"""Make the whole course a site: lessons with live panels, guides, glossary and data, in one folder of static files.

``uv run --frozen --group site python notebooks/guides/website.py`` writes ``build/site``. It opens from the disk, from
any server and in a frame of a learning platform, and fetches nothing from elsewhere. ``--repository URL`` adds Binder
to the launch menu, ``--hub URL`` a JupyterHub; ``--address https://example.org/course`` is where the site will be, for
search engines and for a code to scan on the page for participants.
``--profile data/profiles/daedalus.toml`` makes it for a class, with the values, lessons, names and dates of that file.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import pages
import scan
from online import sources
from sovereign_compute.inputs import profile

BINDER = "https://mybinder.org"
ONLINE = pages.GUIDES / "online"


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--to", type=Path, default=pages.BUILD / "site", metavar="FOLDER", help="where to write")
    scan.add_option(parser)
    parser.add_argument("--repository", metavar="URL", help="public repository of the course")
    parser.add_argument("--branch", default="main", metavar="NAME", help="its branch that is opened")
    parser.add_argument("--hub", metavar="URL", help="a JupyterHub that opens notebooks of the repository")
    parser.add_argument("--verbose", action="store_true", help="tell what Sphinx does")
    pages.of_class.add_option(parser)
    wanted = parser.parse_args(words)
    pages.of_class.begin(wanted.profile)
    try:
        from sphinx.application import Sphinx
    except ImportError:
        print("Sphinx is not installed; run this with --group site")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        read, made, kept = (Path(folder, name) for name in ("read", "made", "kept"))
        sources.fill(read, wanted.address)
        own = {
            "html_static_path": [str(read / "_static")],
            "html_baseurl": f"{wanted.address}/" if wanted.address else "",
            **launched(wanted),
        }
        own |= {"html_title": named} if (named := profile.current().names.get("course")) else {}
        status = sys.stdout if wanted.verbose else None
        app = Sphinx(read, ONLINE, made, kept, "html", own, status, warningiserror=True)
        app.build()
        for page in made.glob("_sources/*.ipynb"):
            # A page offers the notebook of the course, not what was made of it to be shown.
            shutil.copy(pages.NOTEBOOKS / page.name, page)
        shutil.rmtree(wanted.to, ignore_errors=True)
        shutil.move(made, wanted.to)
    print(f"The site lies in {pages.shown(wanted.to)}; open index.html there")
    return app.statuscode


def launched(wanted: argparse.Namespace) -> dict:
    """What the launch menu of a notebook offers beside the file."""
    if not wanted.repository:
        return {}
    known = next((name for name in ("github", "gitlab", "bitbucket") if name in wanted.repository), "gitlab")
    hubs = {"binderhub_url": BINDER, "jupyterhub_url": wanted.hub or ""}
    given = {
        "repository_url": wanted.repository.rstrip("/"),
        "repository_branch": wanted.branch,
        "repository_provider": known,
        "launch_buttons": {"notebook_interface": "jupyterlab", **hubs},
    }
    return {f"html_theme_options.{name}": value for name, value in given.items()}


if __name__ == "__main__":
    sys.exit(main())
