"""Sovereign Compute: the models, panels and exercises that the notebooks import.

Everything a notebook needs is an attribute of this package (``import sovereign_compute as sc``). Names are loaded on
first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "gpu_hour_cost": "models.ownership",
    "evaluate": "assumptions",
    "assumption_table": "tables",
    "cloud_prices": "tables",
    "back_test": "tables",
    "result_table": "tables",
    "table": "tables",
    "data": "data",
    "simulate": "uncertainty",
    "tornado": "uncertainty",
    "scenario": "scenarios",
    "figure": "charts",
    "cloud_chart": "charts",
    "tornado_chart": "charts",
    "explore": "explore",
    "check": "exercises",
    "predict": "exercises",
    "progress": "exercises",
    "verdicts": "factcheck",
    "course_map": "coursemap",
    "status": "coursemap",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    module = import_module(f"{__name__}.{_HOME[name]}")
    return module if _HOME[name] == name and not hasattr(module, name) else getattr(module, name)


def __dir__():
    return __all__
