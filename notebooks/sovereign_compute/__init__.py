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
    "checkpoint_goodput": "models.checkpoints",
    "class_table": "views.utilisation",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "course_map": "coursemap",
    "evaluate": "assumptions",
    "explore": "panel",
    "figure": "charts",
    "gpu_hour_cost": "models.ownership",
    "in_words": "charts",
    "predict": "exercises",
    "progress": "learner",
    "references": "tables",
    "result_table": "tables",
    "scaling_chart": "views.training",
    "shapley": "comparison",
    "share_chart": "views.training",
    "simulate": "uncertainty",
    "sobol": "sensitivity",
    "status": "coursemap",
    "table": "tables",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "training_needs": "models.training",
    "training_time": "models.training",
    "verdicts": "factcheck",
    "wall_chart": "views.utilisation",
    "wall_summary": "views.utilisation",
    "wall_table": "views.utilisation",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
