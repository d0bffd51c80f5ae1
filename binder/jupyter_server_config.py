"""How the Jupyter server of the course is set up, on a laptop, on Binder and on a hub."""

import asyncio
import os
import threading
from pathlib import Path

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import TraitError


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Sends each message of a kernel at once, and ends when the server ends.

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


c = get_config()  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = PromptConnection
c.ServerApp.kernel_manager_class = PatientKernels
# JupyterLab would ask the package index for newer extensions when its page opens: nothing leaves the machine.
c.LabApp.extension_manager = "readonly"
# JupyterLab reads labconfig/ beside this file: texts open as pages, not as source, and it does not look for news.
places = [str(Path(__file__).parent), os.environ.get("JUPYTER_CONFIG_PATH")]
os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, places))
