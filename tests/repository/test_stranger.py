"""tests/tools/stranger.py without a system: which commands it follows, and that a failing one turns it red."""

import subprocess
import sys

import pytest
from tools import stranger

README = "# A course\n\n## Ways in\n\nOpen it:\n\n```bash\n{}\n```\n\nTest it:\n\n```bash\n{}\n```\n\n## More\n"
# What JupyterLab answers in small: its page, what lies there, and the address in the log.
SERVER = """
import http.server, json, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = {"lab": b"<script id='jupyter-config-data'>", "api": json.dumps({"type": sys.argv[1]}).encode()}
        found = body.get(self.path.split("/")[1])
        self.send_response(200 if found and "token=abc" in self.path else 404)
        self.end_headers()
        self.wfile.write(found or b"")
server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
print(f"Or this: http://127.0.0.1:{server.server_port}/lab?token=abc", flush=True)
server.serve_forever()
"""


@pytest.fixture
def serving(tmp_path):
    """A command that serves; with another word than notebook, something else lies where the notebook should."""
    (tmp_path / "server.py").write_text(SERVER)
    return f"'{sys.executable}' '{tmp_path / 'server.py'}'"


def start(command, **how):
    return subprocess.Popen(["bash", "-c", command], **how)


def test_the_commands_are_those_of_the_readme():
    opens, runs = stranger.commands((stranger.ROOT / "README.md").read_text(encoding="utf-8"))
    assert opens.startswith("pip install uv && uv run") and "jupyter lab" in opens
    assert runs.startswith("pip install uv && uv run") and runs.endswith("pytest")


def test_a_readme_without_commands_is_said_so():
    with pytest.raises(SystemExit, match="no section 'Ways in' with two commands"):
        stranger.commands(
            "# A course\n\n## Ways in\n\nNone yet.\n\n## More\n\n```bash\ntrue\n```\n\n```bash\ntrue\n```\n"
        )


@pytest.mark.parametrize(
    ("opens", "runs", "says"),
    [
        ("{} notebook n/00.ipynb", "echo 5 passed", None),
        ("{} notebook n/00.ipynb", "echo 1 failed; exit 1", "ended with 1"),
        (
            "{} directory n/00.ipynb",
            "echo 5 passed",
            "serves another page than JupyterLab with 00.ipynb",
        ),
        ("echo no such option; exit 2", "echo 5 passed", "ended with 2 instead of serving a page:\nno such option"),
    ],
)
def test_a_readme_with_a_failing_command_is_red(serving, opens, runs, says, capsys):
    assert stranger.follow(start, README.format(opens.format(serving), runs)) == int(says is not None)
    said = capsys.readouterr().out
    assert said.count("ok      ") == (2 if says is None else 1)
    assert says is None or says in said


def test_what_never_serves_or_ends_is_stopped():
    endless = "tail -f /dev/null & wait"
    assert stranger.serves(start, endless, longest=0) == "served no page in 0 s:\n"
    assert stranger.ends(start, endless, longest=0.1) == "did not end in 0 s"


def test_a_machine_that_cannot_make_a_system_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(stranger.os, "geteuid", lambda: 1000)
    assert stranger.lacking().endswith("run it as root.")
    monkeypatch.setattr(stranger.os, "geteuid", lambda: 0)
    monkeypatch.setattr(stranger.shutil, "which", lambda name: None if name == "debootstrap" else name)
    assert stranger.lacking() == "stranger.py needs debootstrap: apt-get install debootstrap."


def test_the_system_comes_from_where_apt_of_this_machine_takes_its_own(tmp_path):
    mirrors = tmp_path / "mirrors.txt"
    mirrors.write_text("http://near.example/debian/\tpriority:1\nhttp://far.example/debian/\tpriority:2\n")
    listed = f"""stable main http://other.example/
noble universe mirror+file:{mirrors}
noble main mirror+file:{mirrors}
noble-updates main http://updates.example/
noble stable http://tool.example/
"""
    assert stranger.mirror("noble", listed) == ("main,universe", "http://near.example/debian/")
    with pytest.raises(SystemExit, match="no source of its own release, bookworm"):
        stranger.mirror("bookworm", listed)


@pytest.mark.parametrize(
    ("had", "makes", "says"),
    [
        ((stranger.RELEASE, "bookworm"), stranger.RELEASE, ""),
        (("bookworm",), "bookworm", "No trixie is to be had here, so bookworm is made: E: no such Release file\n"),
    ],
)
def test_the_system_is_a_debian_with_another_python_or_that_of_this_machine(
    monkeypatch, tmp_path, capsys, had, makes, says
):
    """Only what is signed is taken."""

    def run(words, **how):
        if words[0] == "apt-get":
            return subprocess.CompletedProcess(words, 0, "bookworm main http://near.example/debian/\n")
        assert words[-1] == "http://near.example/debian/" and "--force-check-gpg" in words
        return subprocess.CompletedProcess(words, words[-3] not in had, "I: fetched\nE: no such Release file\n")

    monkeypatch.setattr(stranger.subprocess, "run", run)
    monkeypatch.setattr(stranger.platform, "freedesktop_os_release", lambda: {"VERSION_CODENAME": "bookworm"})
    assert stranger.system(tmp_path / "system", []) == makes
    assert capsys.readouterr().out == says
    monkeypatch.setattr(stranger.platform, "freedesktop_os_release", lambda: {"VERSION_CODENAME": "noble"})
    with pytest.raises(SystemExit, match="no source of its own release, noble"):
        stranger.system(tmp_path / "system", [])
