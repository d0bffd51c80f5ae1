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
    "course_map": "coursemap",
    "evaluate": "assumptions",
    "explore": "panel",
    "factor_chart": "views.lists",
    "figure": "charts",
    "gdp_chart": "views.lists",
    "gpu_hour_cost": "models.ownership",
    "in_words": "charts",
    "makers_chart": "views.lists",
    "owner_table": "views.lists",
    "predict": "exercises",
    "progress": "learner",
    "rank_table": "views.lists",
    "references": "tables",
    "reporting_chart": "views.lists",
    "result_table": "tables",
    "shapley": "comparison",
    "share_of_the_list": "models.lists",
    "simulate": "uncertainty",
    "sobol": "sensitivity",
    "status": "coursemap",
    "table": "tables",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "unlisted_chart": "views.lists",
    "verdicts": "factcheck",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
