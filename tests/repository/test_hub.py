"""A hub with one student and one browser: the way in, the course's settings, work that is the student's and stays.

The same with a whole class is ``tests/tools/hub_load.py``.
"""

import asyncio
import os
import stat
import sys
import tempfile
from pathlib import Path

import httpx
import hub_load
import hub_values
import lab
import pytest
import yaml
from sovereign_compute.inputs.scenarios import Scenario
from traitlets.config import PyFileConfigLoader

linux = pytest.mark.skipif(sys.platform != "linux", reason="the hub is for Linux")
PANEL = "import sovereign_compute as sc\n\nsc.explore(sc.lesson(21).gpu_hour_cost)"
TRANSPORT = 'from ipykernel.connect import get_connection_info as i\n\nassert \'"transport": "ipc"\' in i(), i()'

HAND_IN = 'from sovereign_compute.controls import drop_box\n\ndrop_box.hand_in({"gpu-hour": {"value": 2.5}})'


@pytest.fixture(scope="module")
def hub():
    """Address and folder of a hub for two students; they also get a notebook with one panel."""
    with tempfile.TemporaryDirectory(prefix="hub-") as name:  # short, unlike the folders of pytest
        os.chmod(name, 0o711)
        Path(name, "handed-in").mkdir()
        Path(name, "students.txt").write_text("Student-01\r\n\r\nada \r\n", encoding="utf-8-sig")  # as Windows does
        with hub_load.hub(Path(name)) as (address, _):
            lab.write(Path(name) / "course" / "notebooks" / "panel.ipynb", PANEL)
            yield address, Path(name)


async def _work(address: str, folder: Path) -> None:
    student = hub_load.Student(address, 1)
    await student.log_in()
    await student.start()
    home = folder / "homes" / student.name
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    page = await student.ask("GET", f"/user/{student.name}/lab")
    assert '"can_install": false' in page.text, "the server does not run with the configuration of the course"
    await student.open("panel")
    await student.kernel.run(TRANSPORT)
    await student.kernel.run(PANEL)
    await student.move(1)
    await student.save()
    await student.kernel.run(HAND_IN)
    assert [len(file.stem) for file in (folder / "handed-in").iterdir()] == [32]
    changed = home / "notebooks" / "panel.ipynb"
    changed.write_text(changed.read_text().replace("explore", "explore  "))
    (home / "notebooks" / "43_fact_check.ipynb").unlink()
    assert await hub_load.keep(student, student, folder) == []
    assert "explore  " in changed.read_text(), "a file of the student was replaced at the second start"
    assert (home / "notebooks" / "43_fact_check.ipynb").exists(), "what was missing was not put back"
    stranger = hub_load.Student(address, 1)
    stranger.password = "another password"
    with pytest.raises(hub_load.Failure, match="no login"):
        await stranger.log_in()


@linux
def test_a_students_work_is_their_own_and_is_there_again_after_a_restart(hub):
    asyncio.run(_work(*hub))


@linux
@pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)
def test_a_link_with_a_scenario_leads_through_login_and_start_to_that_scenario(hub, chromium):
    address, _ = hub
    code = Scenario({"utilisation": 60}).code()
    tab = lab.Page(chromium, address)
    tab.page.goto(f"{address}/hub/user-redirect/doc/tree/notebooks/panel.ipynb?scenario={code}")
    tab.page.get_by_label("Username").fill("ada")
    tab.page.get_by_label("Password").fill("a password of hers")
    tab.page.get_by_role("button", name="Sign in").click()
    tab.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=90_000)
    for item in ("MenuBar-itemLabel:text-is('Run')", "Menu-itemLabel:text-is('Run All Cells')"):
        tab.page.click(f".lm-{item}")
    tab.page.wait_for_selector(".sc-panel .sc-chart svg", timeout=lab.LONGEST)
    tab.page.wait_for_function(f"() => document.querySelector('.sc-keep .sc-code').value === '{code}'")
    assert tab.outside == []
    tab.close()


def _log_in(address: str, name: str, **headers: str) -> httpx.Client:
    browser = httpx.Client(base_url=address, headers=headers)
    browser.get("/hub/login")
    form = {"username": name, "password": "a password of hers", "_xsrf": browser.cookies["_xsrf"]}
    browser.post("/hub/login", data=form)
    return browser


@linux
@pytest.mark.parametrize(("name", "comes_in"), [("ada", True), ("ADA", True), ("grace", False)])
def test_only_those_in_the_list_come_in(hub, name, comes_in):
    assert ("jupyterhub-hub-login" in _log_in(hub[0], name).cookies) is comes_in


@linux
@pytest.mark.parametrize("protocol", ["http", "https"])
def test_cookies_are_kept_to_https_behind_a_web_server_with_a_certificate(hub, protocol):
    browser = _log_in(hub[0], "ada", **{"X-Forwarded-Proto": protocol})
    kept = {cookie.name: cookie.secure for cookie in browser.cookies.jar if cookie.name != "_xsrf"}
    assert kept == dict.fromkeys(("jupyterhub-hub-login", "jupyterhub-session-id"), protocol == "https")


@linux
def test_a_name_that_cannot_be_one_stops_the_hub_with_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "students.txt").write_text("ada\nAda Lovelace\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOVEREIGN_COMPUTE_ONE_ACCOUNT", "1")
    with pytest.raises(SystemExit, match=r"students\.txt: .* not ada lovelace$"):
        PyFileConfigLoader(hub_load.CONFIG.name, path=str(hub_load.CONFIG.parent)).load_config()


SCHEMA = {"properties": {"singleuser": {"additionalProperties": False, "properties": {"memory": {"type": "object"}}}}}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"singleuser": {"memory": {"limit": "1G"}}}, []),
        (
            {"singleuser": {"memori": {}}},
            ["singleuser: Additional properties are not allowed ('memori' was unexpected)"],
        ),
        ({"singleuser": {"memory": 1}}, ["singleuser.memory: 1 is not of type 'object'"]),
    ],
)
def test_values_that_a_chart_does_not_take_are_found(values, says):
    assert hub_values.faults(values, {"singleuser": {"memory": {"guarantee": "1G"}}}, SCHEMA) == says


def test_the_values_for_kubernetes_keep_what_the_course_needs():
    values = yaml.safe_load(hub_values.VALUES.read_text(encoding="utf-8"))
    user = values["singleuser"]
    volume = user["storage"]["homeMountPath"]
    assert user["memory"] == {"guarantee": "350M", "limit": "1G"}
    assert values["hub"]["config"]["Spawner"]["notebook_dir"] == volume
    assert user["lifecycleHooks"]["postStart"]["exec"]["command"][-1].endswith(volume)
    assert (lab.ROOT / user["defaultUrl"].removeprefix("/lab/tree/")).exists()
    assert not any(user["networkPolicy"]["egressAllowRules"][name] for name in ("nonPrivateIPs", "privateIPs"))
