"""How the Jupyter server of the course is set up, on a laptop, on Binder and on a hub."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Sends each message of a kernel at once.

    A kernel answers with several small messages. By default the system keeps the second one back until the browser has
    confirmed the first, which browsers do after up to 40 ms: every other move of a slider took twice as long.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c = get_config()  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = PromptConnection
# JupyterLab would ask the package index for newer extensions when its page opens: nothing leaves the machine.
c.LabApp.extension_manager = "readonly"
