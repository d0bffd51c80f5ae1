"""The university kit: what its page has an operator delete is gone, and nothing else; a wrong login is a sentence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import hub_login
import pytest
from traitlets.config import PyFileConfigLoader
from tree import ROOT

PAGE = ROOT / "notebooks" / "guides" / "university" / "accounts.md"
LINES = re.search(r"<!-- end of term.*?```bash\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)[1]


@pytest.mark.skipif(sys.platform != "linux", reason="the hub is for Linux")
def test_at_the_end_of_a_term_homes_go_and_nothing_else(tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("the machine's")
    hub = tmp_path / "class"
    for name in ("ada", "grace", "student-01", "prof"):
        kept = hub / "homes" / name / "notebooks" / "my_course"
        kept.mkdir(parents=True)
        (kept / "progress.json").write_text("{}")
    (hub / "homes" / "ada" / "link").symlink_to(outside)
    (hub / "homes" / "grace" / ".hidden -rf").mkdir()
    for name in ("handed-in", "course/data"):
        (hub / name).mkdir(parents=True)
    for name in ("handed-in/code.txt", "course/data/claims.csv", "login.toml", "students.txt"):
        (hub / name).write_text("x")
    for name in ("passwords.dbm", "passwords.dbm.db", "jupyterhub.sqlite", "jupyterhub_cookie_secret"):
        (hub / name).write_text("x")
    assert "cd /srv/class\n" in LINES and LINES.count("TEACHER") == 1
    lines = LINES.replace("/srv/class", str(hub)).replace("TEACHER", "prof")
    run = "\n".join(line for line in lines.splitlines() if not line.startswith("systemctl"))
    subprocess.run(["sh", "-eu", "-c", run], check=True)
    left = {path.relative_to(hub).as_posix() for path in hub.rglob("*") if path.is_file()}
    assert left == {"homes/prof/notebooks/my_course/progress.json", "course/data/claims.csv", "login.toml"}
    assert (hub / "handed-in").is_dir() and outside.read_text() == "the machine's"


OPENID = {
    name: "x" for name in ("callback", "authorize", "token", "userdata", "client_id", "client_secret", "username")
}


def written(folder: Path, mode: int = 0o600, **fields: str) -> None:
    (folder / "login.toml").write_text("".join(f'{name} = "{text}"\n' for name, text in fields.items()))
    (folder / "login.toml").chmod(mode)


def load(folder: Path, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOVEREIGN_COMPUTE_ONE_ACCOUNT", "1")
    return PyFileConfigLoader(hub_login.CONFIG.name, path=str(hub_login.CONFIG.parent)).load_config()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "kind is one of openid, lti, not ''"),
        ({"kind": "saml"}, "not 'saml'"),
        ({"kind": "openid", **OPENID, "token": ""}, "a text for each of callback, authorize, token"),
        ({"kind": "openid", **OPENID, "more": "x"}, "and nothing else"),
        ({"kind": "lti", **OPENID}, "the kind lti has a text for each of issuer, authorize, keys, client_id, username"),
    ],
)
def test_a_login_that_is_wrong_stops_the_hub_with_a_sentence(tmp_path, monkeypatch, fields, says):
    written(tmp_path, **fields)
    with pytest.raises(SystemExit, match=re.escape(says)):
        load(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("content", "says"), [(None, "there is no login.toml in"), ("kind = ", "login.toml is no TOML")]
)
def test_a_login_that_cannot_be_read_stops_the_hub_with_a_sentence(tmp_path, monkeypatch, content, says):
    if content:
        (tmp_path / "login.toml").write_text(content)
    with pytest.raises(SystemExit, match=says):
        load(tmp_path, monkeypatch)


@pytest.mark.skipif(os.name != "posix", reason="permissions as a hub's machine has them")
def test_a_secret_that_others_may_read_stops_the_hub_with_a_sentence(tmp_path, monkeypatch):
    written(tmp_path, mode=0o644, kind="openid", **OPENID)
    with pytest.raises(SystemExit, match="let only its owner read it"):
        load(tmp_path, monkeypatch)


@pytest.mark.skipif(sys.platform != "linux", reason="the hub is for Linux")
def test_a_sound_login_keeps_the_other_settings_of_the_hub(tmp_path, monkeypatch):
    written(tmp_path, kind="openid", **OPENID)
    (tmp_path / "students.txt").write_text("ada\n")
    found = load(tmp_path, monkeypatch)
    assert found.JupyterHub.authenticator_class == "generic-oauth" and found.GenericOAuthenticator.token_url == "x"
    assert found.Authenticator.allowed_users == {"ada"} and found.JupyterHub.spawner_class.__name__ == "StudentSpawner"
