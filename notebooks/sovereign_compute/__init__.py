"""Sovereign Compute: the models, panels and exercises that the notebooks import.

Everything a notebook needs is an attribute of this package (``import sovereign_compute as sc``). Names are loaded on
first use, so that importing the package stays fast.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "adoption_chart": "views.diffusion",
    "adoption_test": "views.diffusion",
    "ai_gain": "models.macro",
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
    "compare": "comparison",
    "course_map": "coursemap",
    "evaluate": "assumptions",
    "explore": "panel",
    "fact_check": "factcheck",
    "figure": "charts",
    "filters": "factcheck",
    "forecast_chart": "views.forecasts",
    "forecast_table": "views.forecasts",
    "gap_table": "views.macro",
    "gpu_hour_cost": "models.ownership",
    "heat_chart": "views.power",
    "in_words": "charts",
    "inner_contradictions": "report",
    "place_chart": "views.power",
    "place_table": "views.power",
    "power_chart": "views.power",
    "predict": "exercises",
    "predictions_scored": "report",
    "progress": "learner",
    "references": "tables",
    "result_table": "tables",
    "scenario": "report",
    "shapley": "comparison",
    "side_by_side": "comparison",
    "simulate": "uncertainty",
    "site_year": "models.power",
    "size_chart": "views.efficiency",
    "sobol": "sensitivity",
    "source_criticism": "report",
    "status": "coursemap",
    "table": "tables",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "verdict_chart": "report",
    "verdict_table": "report",
    "trend_chart": "views.efficiency",
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
