"""Sovereign Compute: the models, panels and exercises that the notebooks import.

Everything a notebook needs is an attribute of this package (``import sovereign_compute as sc``). Names are loaded on
first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "gpu_hour_cost": "models.ownership",
    "assumption_table": "tables",
    "back_test": "tables",
    "break_even_chart": "views.ownership",
    "check": "exercises",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "course_map": "coursemap",
    "evaluate": "assumptions",
    "explore": "explore",
    "figure": "charts",
    "in_words": "charts",
    "predict": "exercises",
    "progress": "exercises",
    "references": "tables",
    "result_table": "tables",
    "simulate": "uncertainty",
    "status": "coursemap",
    "table": "tables",
    "tornado": "uncertainty",
    "tornado_chart": "charts",
    "verdicts": "factcheck",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found  # importing explore.py has set the name to that module: the second use would find it
    return found


def __dir__():
    return __all__
