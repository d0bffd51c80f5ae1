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
    "bid_value": "models.gigafactory",
    "break_even_chart": "views.ownership",
    "breakeven": "sensitivity",
    "calibration_chart": "views.ecosystem",
    "carbon_chart": "views.power",
    "check": "exercises",
    "claim_sources": "report",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "computing_chart": "views.ecosystem",
    "course_map": "coursemap",
    "demand_chart": "views.gigafactory",
    "ecosystem_output": "models.ecosystem",
    "evaluate": "assumptions",
    "explore": "panel",
    "fact_check": "factcheck",
    "figure": "charts",
    "filters": "factcheck",
    "gigafactory_times": "models.gigafactory",
    "gigafactory_use": "models.gigafactory",
    "gpu_hour_cost": "models.ownership",
    "heat_chart": "views.power",
    "in_words": "charts",
    "inner_contradictions": "report",
    "investment_table": "views.investment",
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
    "vintage_chart": "views.investment",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
