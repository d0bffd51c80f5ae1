"""Sovereign Compute: the models, panels and exercises that the notebooks import.

Everything a notebook needs is an attribute of this package (``import sovereign_compute as sc``). Names are loaded on
first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "assumption_table": "tables",
    "attribution_chart": "charts",
    "back_test": "tables",
    "break_even_chart": "views.ownership",
    "breakeven": "sensitivity",
    "carbon_chart": "views.power",
    "check": "exercises",
    "claim_sources": "report",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "company_table": "views.startups",
    "compare": "comparison",
    "course_map": "coursemap",
    "design_table": "views.luck",
    "evaluate": "assumptions",
    "explore": "panel",
    "fact_check": "factcheck",
    "figure": "charts",
    "filters": "factcheck",
    "first_model_table": "views.startups",
    "gpu_hour_cost": "models.ownership",
    "heat_chart": "views.power",
    "hill_table": "views.luck",
    "hours_table": "views.startups",
    "in_words": "charts",
    "inner_contradictions": "report",
    "lead_chart": "views.startups",
    "mean_chart": "views.luck",
    "place_chart": "views.power",
    "place_table": "views.power",
    "power_chart": "views.power",
    "predict": "exercises",
    "predictions_scored": "report",
    "printed_table": "views.startups",
    "progress": "learner",
    "public_part": "models.startups",
    "references": "tables",
    "result_table": "tables",
    "scenario": "report",
    "shapley": "comparison",
    "side_by_side": "comparison",
    "silo_timeline": "views.startups",
    "simulate": "uncertainty",
    "site_year": "models.power",
    "size_chart": "views.efficiency",
    "sobol": "sensitivity",
    "source_criticism": "report",
    "status": "coursemap",
    "survivors_chart": "views.luck",
    "table": "tables",
    "tail_chart": "views.luck",
    "threshold_chart": "views.luck",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "trend_chart": "views.efficiency",
    "verdict_chart": "report",
    "verdict_table": "report",
    "verdicts": "factcheck",
    "verdicts_moved": "factcheck",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
