"""Write the Binder badge of README.md for the public address of this clone.

Run ``uv run --frozen --group test python tests/tools/badge.py [REF]``. The address is GITHUB_REPOSITORY, where a CI
sets it, or that of the git remote ``origin``. REF is the branch or tag that Binder opens: HEAD, the default branch,
unless given; for a class name a tag, so that nothing changes under way. Without a public address a sentence takes the
place of the badge.
"""

import argparse
import os
import re
import subprocess
from urllib.parse import quote, urlsplit

import marked

BINDER = "https://mybinder.org"
FIRST = "notebooks/00_start_here.ipynb"
PLACEHOLDER = (
    "*Binder: this copy of the course has no public address yet. Once it has one, the command under “Ways in” puts the "
    "badge here.*"
)


def public_address(remote: str) -> str | None:
    """``https://host/path`` of a remote in any of git's spellings, without user, password and port of ssh; None where
    the remote is a folder or a machine without a public name.
    """
    remote = remote.strip()
    scp = re.fullmatch(r"(?:[^@/\s]+@)?([\w.-]+):(?!/)(\S+)", remote)
    if scp and "." in scp[1]:
        host, path, port = scp[1], scp[2], None
    else:
        try:
            parts = urlsplit(remote)
            host, path, port = parts.hostname or "", parts.path, parts.port
        except ValueError:
            return None
        if parts.scheme not in ("https", "http", "ssh", "git", "git+ssh"):
            return None
        port = port if parts.scheme in ("https", "http") else None
    path = path.strip("/").removesuffix(".git")
    if not path or "." not in host or re.fullmatch(r"[\d.]+", host):
        return None
    return f"https://{host}{f':{port}' if port else ''}/{path}"


def link(address: str, ref: str = "HEAD") -> str:
    """Where Binder opens the first notebook of a repository with this public address."""
    host, path = address.removeprefix("https://").split("/", 1)
    ref = quote(ref, safe="")
    if host == "github.com" and path.count("/") == 1:
        where = f"gh/{path}/{ref}"
    elif host == "gitlab.com":
        where = f"gl/{quote(path, safe='')}/{ref}"
    else:
        where = f"git/{quote(address, safe='')}/{ref}"
    return f"{BINDER}/v2/{where}?urlpath={quote(f'lab/tree/{FIRST}', safe='')}"


def badge(remote: str | None, ref: str = "HEAD") -> str:
    """The badge in Markdown, or the sentence in its place."""
    address = public_address(remote) if remote else None
    if address is None:
        return PLACEHOLDER
    return f"[![Open the course on Binder]({BINDER}/badge_logo.svg)]({link(address, ref)})"


def remote() -> str | None:
    """The address of this clone as a CI or git knows it."""
    if name := os.environ.get("GITHUB_REPOSITORY"):
        return f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}"
    asked = subprocess.run(["git", "-C", marked.ROOT, "remote", "get-url", "origin"], capture_output=True, text=True)
    return asked.stdout if asked.returncode == 0 else None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("ref", metavar="REF", nargs="?", default="HEAD", help="branch or tag that Binder opens")
    ref = parser.parse_args().ref
    written = badge(remote(), ref)
    marked.write("binder", written)
    print(written)
