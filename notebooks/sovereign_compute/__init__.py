"""Sovereign Compute: the models, panels and exercises that the notebooks import.

Everything a notebook needs is an attribute of this package (``import sovereign_compute as sc``). Names are loaded on
first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "assumption_table": "tables",
    "back_test": "tables",
    "break_even_chart": "views.ownership",
    "breakeven": "sensitivity",
    "check": "exercises",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "concentration_chart": "views.concentration",
    "course_map": "coursemap",
    "evaluate": "assumptions",
    "explore": "panel",
    "figure": "charts",
    "gpu_hour_cost": "models.ownership",
    "in_words": "charts",
    "law_events": "views.law",
    "law_matrix": "views.law",
    "layer_independence": "models.layers",
    "layer_map": "views.services",
    "market_concentration": "models.concentration",
    "predict": "exercises",
    "progress": "learner",
    "rank_of_services": "models.framework",
    "references": "tables",
    "result_table": "tables",
    "score_chart": "views.services",
    "shapley": "comparison",
    "simulate": "uncertainty",
    "sobol": "sensitivity",
    "status": "coursemap",
    "table": "tables",
    "three_means_chart": "views.layers",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "verdicts": "factcheck",
    "weight_flips": "views.framework",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
