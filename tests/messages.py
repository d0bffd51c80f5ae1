"""What the page sends to a control, without a page."""

from sovereign_compute.controls.panel import Panel


def tell(panel: Panel, kind: str, **message) -> dict:
    """Send what the browser would send; returns the answer."""
    panel._receive(panel, {"kind": kind, "seq": panel._state["seq"] + 1, **message}, [])
    return panel._state
