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
    "belief_chart": "views.belief",
    "break_even_chart": "views.ownership",
    "break_even_table": "views.studies",
    "breakeven": "sensitivity",
    "carbon_chart": "views.power",
    "check": "exercises",
    "claim_sources": "report",
    "checkpoint_goodput": "models.checkpoints",
    "class_table": "views.utilisation",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "counted_benefits": "models.returns",
    "concentration_chart": "views.concentration",
    "course_map": "coursemap",
    "disruption_belief": "models.belief",
    "disruption_events": "views.belief",
    "economy_chart": "views.studies",
    "evaluate": "assumptions",
    "exit_chart": "views.exit",
    "exit_option": "models.exit",
    "explore": "panel",
    "fact_check": "factcheck",
    "figure": "charts",
    "filters": "factcheck",
    "flip_chart": "views.independence",
    "flip_table": "views.independence",
    "gpu_hour_cost": "models.ownership",
    "heat_chart": "views.power",
    "in_words": "charts",
    "inner_contradictions": "report",
    "place_chart": "views.power",
    "place_table": "views.power",
    "power_chart": "views.power",
    "independence_value": "models.independence",
    "implied_table": "views.studies",
    "in_words": "charts",
    "own_return": "views.returns",
    "law_events": "views.law",
    "law_matrix": "views.law",
    "layer_independence": "models.layers",
    "layer_map": "views.layers",
    "market_concentration": "models.concentration",
    "predict": "exercises",
    "predictions_scored": "report",
    "progress": "learner",
    "public_return": "models.returns",
    "rank_of_services": "models.framework",
    "references": "tables",
    "regret_chart": "views.independence",
    "result_table": "tables",
    "scenario": "report",
    "selection_chart": "views.surveys",
    "score_chart": "views.framework",
    "shapley": "comparison",
    "side_by_side": "comparison",
    "scaling_chart": "views.training",
    "shapley": "comparison",
    "share_chart": "views.training",
    "simulate": "uncertainty",
    "site_year": "models.power",
    "size_chart": "views.efficiency",
    "sobol": "sensitivity",
    "source_criticism": "report",
    "status": "coursemap",
    "study_chart": "views.studies",
    "study_table": "views.studies",
    "survey_mean": "models.surveys",
    "table": "tables",
    "three_means_chart": "views.layers",
    "tornado": "sensitivity",
    "tornado_chart": "charts",
    "verdict_chart": "report",
    "verdict_table": "report",
    "trend_chart": "views.efficiency",
    "variance_chart": "views.returns",
    "verdicts": "factcheck",
    "verdicts_moved": "factcheck",
    "training_needs": "models.training",
    "training_time": "models.training",
    "verdicts": "factcheck",
    "wall_chart": "views.utilisation",
    "wall_summary": "views.utilisation",
    "wall_table": "views.utilisation",
    "weight_flips": "views.framework",
}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"sovereign_compute has no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__():
    return __all__
