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
    "break_even_table": "views.studies",
    "breakeven": "sensitivity",
    "check": "exercises",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "counted_benefits": "models.returns",
    "course_map": "coursemap",
    "economy_chart": "views.studies",
    "evaluate": "assumptions",
    "explore": "panel",
    "figure": "charts",
    "gpu_hour_cost": "models.ownership",
    "implied_table": "views.studies",
    "in_words": "charts",
    "own_return": "views.returns",
    "predict": "exercises",
    "progress": "learner",
    "public_return": "models.returns",
    "references": "tables",
    "result_table": "tables",
    "selection_chart": "views.surveys",
    "shapley": "comparison",
    "simulate": "uncertainty",
    "sobol": "sensitivity",
    "status": "coursemap",
    "study_chart": "views.studies",
    "study_table": "views.studies",
    "survey_mean": "models.surveys",
    "table": "tables",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "variance_chart": "views.returns",
    "verdicts": "factcheck",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
