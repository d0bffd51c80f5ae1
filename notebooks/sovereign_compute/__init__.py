"""Sovereign Compute: the models, panels and exercises that the notebooks import.

Everything a notebook needs is an attribute of this package (``import sovereign_compute as sc``). Names are loaded on
first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "allocation": "models.access",
    "assumption_table": "tables",
    "back_test": "tables",
    "break_even_chart": "views.ownership",
    "break_even_of_a_day": "views.access",
    "breakeven": "sensitivity",
    "call_chart": "views.access",
    "check": "exercises",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "cost_of_waiting": "models.access",
    "course_map": "coursemap",
    "evaluate": "assumptions",
    "explore": "panel",
    "figure": "charts",
    "gpu_hour_cost": "models.ownership",
    "in_words": "charts",
    "predict": "exercises",
    "progress": "learner",
    "queue_check": "views.queueing",
    "queue_listing": "views.queueing",
    "queue_wait": "models.queueing",
    "references": "tables",
    "result_table": "tables",
    "route_map": "views.access",
    "routes": "views.access",
    "shapley": "comparison",
    "simulate": "uncertainty",
    "sobol": "sensitivity",
    "status": "coursemap",
    "table": "tables",
    "ten_times": "views.access",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "verdicts": "factcheck",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
