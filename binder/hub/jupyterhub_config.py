"""A hub on one classroom machine: each student has a name, a password, and a copy of the course that is theirs alone.

Start it in an empty folder, where it keeps homes and passwords (see notebooks/guides/hosting.md)::

    jupyterhub --config=COURSE/binder/hub/jupyterhub_config.py

Started as root, every student's server runs under a number of its own, so that nobody reads another's files. Started
by anybody else, as on a laptop, all servers run under one account: for trying out only. Root with a Python that nobody
else may run says SOVEREIGN_COMPUTE_ONE_ACCOUNT=1 to have it so.
"""

import compileall
import os
import re
import shutil
import sys
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

BINDER = Path(__file__).resolve().parents[1]
HOMES = Path.cwd() / "homes"
TEMPLATE = Path.cwd() / "course"
NAMES = Path.cwd() / "students.txt"
CLASS = Path.cwd() / "handed-in"  # opt-in: where somebody has made it, learners may put their guess codes into it
BIN = Path(sys.prefix) / "bin"
NAME = r"[a-z0-9][a-z0-9_-]{0,19}"
FIRST_NUMBER = 61_000  # of the accounts: above those of people and services, below those that containers borrow
LONGEST_HOME = 50  # characters; kernels talk through files in the home, whose names the system keeps below 108
# What lies in the home of root, as a Python of uv or pyenv does, cannot be read by anybody else.
PLACES = (Path(sys.executable).resolve(), BIN.resolve(), BINDER)
READABLE = all(path.stat().st_mode & 0o001 for place in PLACES for path in [place, *place.parents])
SEPARATE = os.geteuid() == 0 and READABLE
if os.geteuid() == 0 and not READABLE and "SOVEREIGN_COMPUTE_ONE_ACCOUNT" not in os.environ:
    sys.exit(f"only root can read one of {', '.join(map(str, PLACES))}: learners would have to be root, too")
names = NAMES.read_text("utf-8-sig", "replace").lower().splitlines() if NAMES.exists() else []
names = {name.strip() for name in names if name.strip()}
if wrong := sorted(name for name in names if not re.fullmatch(NAME, name)):
    sys.exit(f"{NAMES.name}: at most 20 of a to z, digits, - and _ make a name, not {', '.join(wrong)}")
# What is missing in a student's copy is put back, what is there stays as it is. Times are kept for the compiled files.
START = 'cp -rn --preserve=timestamps "$0"/. . && exec "$@"'
# Without the grammar of international addresses, which jsonschema builds, a server starts a second sooner and takes
# 15 MiB less, and nothing in it asks for that.
SERVER = "import sys; sys.modules['rfc3987_syntax'] = None; from jupyterhub.singleuser import main; main()"


class StudentSpawner(SimpleLocalProcessSpawner):
    """Runs a student's server in the student's home, and as the owner of that home."""

    def own_home(self) -> None:
        """Make the home at the first start. Its owner is the student's number from then on, whatever else is lost."""
        home = Path(self.home_dir)
        if not re.fullmatch(NAME, home.name) or len(str(home)) > LONGEST_HOME:
            raise ValueError(f"no home can be made for {home.name!r} below {HOMES}: the name or the folder is too long")
        if home.exists():
            if SEPARATE and home.stat().st_uid <= FIRST_NUMBER:
                raise ValueError(
                    f"{home} belongs to an account of this machine: move it away, or give it a number of its own"
                )
            return
        taken = [other.stat().st_uid for other in HOMES.iterdir()]
        home.mkdir(mode=0o700)
        if SEPARATE:
            number = max([FIRST_NUMBER, *taken]) + 1
            os.chown(home, number, number)

    def make_preexec_fn(self, name):
        home, owner = self.home_dir, os.stat(self.home_dir).st_uid

        def become_the_student():
            os.umask(0o077)
            if SEPARATE:
                os.setgroups([])
                os.setgid(owner)
                os.setuid(owner)
            os.chdir(home)

        return become_the_student


# The course as students get it, without what its owner tried out in it, and compiled once instead of by each of them.
HOMES.mkdir(mode=0o711, exist_ok=True)
for part in ("notebooks", "data"):
    ignored = shutil.ignore_patterns("my_course", "__pycache__", ".ipynb_checkpoints", "answers")
    shutil.copytree(BINDER.parent / part, TEMPLATE / part, ignore=ignored, dirs_exist_ok=True)
compileall.compile_dir(TEMPLATE / "notebooks" / "sovereign_compute", quiet=1)
os.umask(0o077)  # what the hub itself keeps is nobody's business

c = get_config()  # noqa: F821
c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # put a web server with TLS in front before others come in
# Whether the learner's browser came by https is said by the web server in front; the proxy would say http over it, and
# cookies would not be kept to https.
c.ConfigurableHTTPProxy.command = [str(BIN / "configurable-http-proxy"), "--no-x-forward"]
# The first password given for a name is that name's password. With students.txt only the names in it come in.
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.Authenticator.username_pattern = NAME
if NAMES.exists():
    c.Authenticator.allowed_users = names
    c.Authenticator.allow_existing_users = False  # nor those who came in while there was no list, or another one
else:
    c.Authenticator.allow_all = True

c.JupyterHub.spawner_class = StudentSpawner
c.SimpleLocalProcessSpawner.home_dir_template = f"{HOMES}/{{username}}"
c.Spawner.pre_spawn_hook = StudentSpawner.own_home
c.Spawner.cmd = ["sh", "-c", START, str(TEMPLATE), sys.executable, "-c", SERVER]
# Kernels of all students share the ports of one machine, and two could draw the same: ipc uses files instead.
c.Spawner.args = [f"--config={BINDER / 'jupyter_server_config.py'}", "--KernelManager.transport=ipc"]
c.Spawner.args += ["--allow-root"] if os.geteuid() == 0 and not SEPARATE else []
c.Spawner.environment = {
    "JUPYTER_RUNTIME_DIR": lambda spawner: f"{spawner.home_dir}/.run",
    "SOVEREIGN_COMPUTE_CLASS_FOLDER": lambda spawner: str(CLASS) if CLASS.is_dir() else "",
    "OMP_NUM_THREADS": "1",  # thirty kernels that each take all cores only wait for one another
    "OPENBLAS_NUM_THREADS": "1",
}
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.start_timeout = c.Spawner.http_timeout = 300  # thirty at once on two cores need more than a minute
