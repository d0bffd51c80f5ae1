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
    "checkpoint_goodput": "models.checkpoints",
    "claim_sources": "report",
    "class_table": "views.utilisation",
    "cloud_chart": "views.ownership",
    "cloud_prices": "tables",
    "compare": "comparison",
    "concentration_chart": "views.concentration",
    "counted_benefits": "models.returns",
    "course_map": "coursemap",
    "day_value_chart": "views.next_round",
    "disruption_belief": "models.belief",
    "disruption_events": "views.belief",
    "economy_chart": "views.studies",
    "evaluate": "assumptions",
    "exit_chart": "views.exit",
    "exit_option": "models.exit",
    "explore": "panel",
    "fact_check": "factcheck",
    "factor_chart": "views.lists",
    "figure": "charts",
    "filters": "factcheck",
    "flip_chart": "views.independence",
    "flip_table": "views.independence",
    "gdp_chart": "views.lists",
    "gpu_hour_cost": "models.ownership",
    "heat_chart": "views.power",
    "implied_table": "views.studies",
    "in_words": "charts",
    "independence_value": "models.independence",
    "inner_contradictions": "report",
    "law_events": "views.law",
    "law_matrix": "views.law",
    "layer_independence": "models.layers",
    "layer_map": "views.layers",
    "makers_chart": "views.lists",
    "market_concentration": "models.concentration",
    "need_chart": "views.runway",
    "next_round": "models.next_round",
    "own_return": "views.returns",
    "owner_table": "views.lists",
    "place_chart": "views.power",
    "place_table": "views.power",
    "power_chart": "views.power",
    "predict": "exercises",
    "predictions_scored": "report",
    "progress": "learner",
    "public_return": "models.returns",
    "rank_of_services": "models.framework",
    "rank_table": "views.lists",
    "references": "tables",
    "regret_chart": "views.independence",
    "reporting_chart": "views.lists",
    "result_table": "tables",
    "route_table": "views.runway",
    "ruin_chart": "views.next_round",
    "runway": "models.runway",
    "scaling_chart": "views.training",
    "scenario": "report",
    "score_chart": "views.framework",
    "selection_chart": "views.surveys",
    "shapley": "comparison",
    "share_chart": "views.training",
    "share_of_the_list": "models.lists",
    "side_by_side": "comparison",
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
    "training_needs": "models.training",
    "training_time": "models.training",
    "trend_chart": "views.efficiency",
    "unlisted_chart": "views.lists",
    "variance_chart": "views.returns",
    "verdict_chart": "report",
    "verdict_table": "report",
    "verdicts": "factcheck",
    "verdicts_moved": "factcheck",
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
