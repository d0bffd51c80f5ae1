"""The points of the five services as a map: one row for each layer or objective, its middle and its interval."""


def the(service: str) -> str:
    """A service as a sentence names it."""
    return service if service == "JUPITER" else f"the {service.replace('Own', 'own')}"
