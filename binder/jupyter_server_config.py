"""How the Jupyter server of the course is set up, on a laptop, on Binder and on a hub."""

import asyncio
import os
import threading
from pathlib import Path

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyterlab_server import handlers
from jupyterlab_server.workspaces_handler import WorkspacesManager
from traitlets import TraitError

VIEW, STATES = (f"application/vnd.jupyter.widget-{name}+json" for name in ("view", "state"))
LIVING: dict[str, tuple[str, set[str]]] = {}
"""By kernel: the session of its process, another one after every restart, and the widgets that live in it."""


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Sends each message of a kernel at once, remembers which widgets it has made, and ends when the server ends.

    A kernel answers with several small messages. By default the system keeps the second one back until the browser has
    confirmed the first, which browsers do after up to 40 ms: every other move of a slider took twice as long.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()

    @classmethod
    async def close_all(cls):
        """The last thing that the server does before it stops its event loop: wait for requests under way.

        jupyter_server stops the loop whatever is being asked, and AnyIO ends a thread that reads a file or lists the
        export formats only with the request that began it. A page that was just loading left such a thread behind,
        for which Python then waited for ever: no Ctrl+C and no SIGTERM ended the server.
        """
        await super().close_all()
        while any(thread.name == "AnyIO worker thread" for thread in threading.enumerate()):
            await asyncio.sleep(0.05)

    def handle_outgoing_message(self, stream, outgoing_msg):
        self._remember(outgoing_msg)
        super().handle_outgoing_message(stream, outgoing_msg)

    def _remember(self, message: list[bytes]) -> None:
        _, (_, header, _, _, content, *_) = self.session.feed_identities(message)
        header = self.session.unpack(header)
        session, widgets = LIVING.get(self.kernel_id, ("", set()))
        if session != header["session"]:
            widgets = set()
        if header["msg_type"] == "comm_open":
            widgets.add(self.session.unpack(content)["comm_id"])
        elif header["msg_type"] == "comm_close":
            widgets.discard(self.session.unpack(content)["comm_id"])
        LIVING[self.kernel_id] = header["session"], widgets


class LivingNotebooks(AsyncLargeFileManager):
    """Sends a notebook without the widgets whose kernel is gone, so that the page shows their text instead.

    A saved notebook names its widgets, but they live in the kernel. Opened another day, each of them would be a line
    "Error displaying widget: model not found", although the file holds what the panel showed, as text. The file is
    left as it is, and what lives is sent: a page that is loaded again finds its widgets.
    """

    async def get(self, path, *args, **kwargs):
        model = await super().get(path, *args, **kwargs)
        if model["type"] == "notebook" and model["content"]:
            self._leave_out_the_dead(model["content"])
        return model

    def _leave_out_the_dead(self, notebook: dict) -> None:
        running = self.parent.kernel_manager.list_kernel_ids()
        living = {widget for kernel in running if kernel in LIVING for widget in LIVING[kernel][1]}
        living |= set(notebook["metadata"].get("widgets", {}).get(STATES, {}).get("state", {}))
        for cell in notebook.get("cells", []):
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if VIEW in data and "text/plain" in data and data[VIEW].get("model_id") not in living:
                    del data[VIEW]


class PatientKernels(AsyncMappingKernelManager):
    """Lists a kernel once it is quite there.

    For a moment of its start a kernel is known and has no time of its last activity yet. A page that asked for the list
    of kernels just then got "500 Internal Server Error" instead.
    """

    def kernel_model(self, kernel_id):
        try:
            return super().kernel_model(kernel_id)
        except TraitError as early:
            raise KeyError(kernel_id) from early  # the list goes on without it


class RoomyWorkspaces(WorkspacesManager):
    """Opens JupyterLab with its left area closed, the first time.

    The list of files would take a fourth of a small screen from every panel. A click on its icon opens it. From then on
    JupyterLab opens as it was left.
    """

    def load(self, space_name):
        found = super().load(space_name)
        found["data"] = found["data"] or {"layout-restorer:data": {"main": {"dock": None}, "left": CLOSED}}
        return found


CLOSED = {"collapsed": True, "visible": True, "widgets": [], "widgetStates": {}}
handlers.WorkspacesManager = RoomyWorkspaces  # no setting of JupyterLab chooses it

c = get_config()  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = PromptConnection
c.ServerApp.kernel_manager_class = PatientKernels
c.ServerApp.contents_manager_class = LivingNotebooks
# JupyterLab would ask the package index for newer extensions when its page opens: nothing leaves the machine.
c.LabApp.extension_manager = "readonly"
# JupyterLab reads labconfig/ beside this file: texts open as pages, not as source, and it does not look for news.
places = [str(Path(__file__).parent), os.environ.get("JUPYTER_CONFIG_PATH")]
os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, places))
# A lesson that was copied into another folder finds the course, too: the learner's, below the folder where the server
# starts, or else the one beside this file.
courses = [folder / "notebooks" for folder in (Path.cwd(), Path(__file__).resolve().parents[1])]
for found in [folder for folder in courses if (folder / "sovereign_compute").is_dir()][:1]:
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(found), os.environ.get("PYTHONPATH")]))
