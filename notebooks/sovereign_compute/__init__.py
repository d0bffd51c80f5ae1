"""Sovereign Compute: the models, panels and exercises that the notebooks import.

Everything a notebook needs is an attribute of this package (``import sovereign_compute as sc``). Names are loaded on
first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "assumption_table": "tables",
    "back_test": "tables",
    "belief_chart": "views.belief",
    "break_even_chart": "views.ownership",
    "breakeven": "sensitivity",
    "check": "exercises",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "course_map": "coursemap",
    "disruption_belief": "models.belief",
    "disruption_events": "views.belief",
    "evaluate": "assumptions",
    "exit_chart": "views.exit",
    "exit_option": "models.exit",
    "explore": "panel",
    "figure": "charts",
    "flip_chart": "views.independence",
    "flip_table": "views.independence",
    "gpu_hour_cost": "models.ownership",
    "in_words": "charts",
    "independence_value": "models.independence",
    "predict": "exercises",
    "progress": "learner",
    "references": "tables",
    "regret_chart": "views.independence",
    "result_table": "tables",
    "shapley": "comparison",
    "simulate": "uncertainty",
    "sobol": "sensitivity",
    "status": "coursemap",
    "table": "tables",
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
