"""What an answer of an AI model takes: chips, time, energy and money, on owned or rented GPUs or through an API.

Method: the roofline of inference (Williams and others 2009; Pope and others 2022). For one more token of every answer
in a batch a chip reads the weights and the memory of the contexts once, and does two operations for each active
parameter and token; the slower of the two sets the pace. Prompts are read at the pace of the arithmetic. Every answer
is alike, and every hour of the day.
"""

from typing import NamedTuple

from .parts.constants import (
    ANSWERS_PER_THOUSAND,
    BYTES_PER_GIGABYTE,
    BYTES_PER_KILOBYTE,
    FORWARD_OPERATIONS,
    GIGABYTES_PER_TERABYTE,
    HOURS_PER_DAY,
    ONE_ANSWER,
    ONE_TOKEN,
    PARAMETERS_PER_BILLION,
    PERCENT,
    SECONDS_PER_HOUR,
    SIXTEEN_BITS,
    TOKEN_OF_EACH_ANSWER,
    TOKENS_PER_MILLION,
    USABLE_MEMORY,
    WATTS_PER_KILOWATT,
)
from .parts.special import larger, rounded_up, smaller
from .registry import Output, model


class AnswerCost(NamedTuple):
    """Cost of a thousand answers in three ways, and what is behind it; units as in the outputs of ``answer_cost``."""

    owned: object
    rented: object
    called: object
    break_even: object
    break_even_uncached: object
    break_even_answers: object
    gpu_answers: object
    throughput: object
    prompt_price: object
    token_price: object
    speed: object
    wait: object
    energy: object
    crossing: object
    served: object
    copy: object


class Pace(NamedTuple):
    """How fast one copy of a model answers.

    ``served``: answers at a time that fit (at most the batch asked for); ``copy``: GPUs that hold the copy;
    ``reading``, ``arithmetic``: seconds that memory and arithmetic alone would take for one more token of each answer;
    ``step``: the longer of the two; ``prompt_work``, ``token_work``: GPU-seconds for a token of a prompt, of an answer.
    """

    served: object
    copy: object
    reading: object
    arithmetic: object
    step: object
    prompt_work: object
    token_work: object


def experts_read(active_share, served):
    """Part of the weights that a step reads (0 to 1): each answer asks for a part of them, as if by chance.

    ``1 - (1 - a) ** B``: the active part alone for one answer, nearly all weights for many. ``active_share`` is in
    percent; at 100 (a dense model) it is 1 for any batch.
    """
    return 1 - (1 - active_share * PERCENT) ** (served / ONE_ANSWER)


def crossing_batch(active_share, chip_peak, compute_use, memory_bandwidth, bandwidth_use):
    """Answers at a time from which arithmetic takes longer than reading all weights; the contexts are left out.

    ``B = P c / (W m a)`` in flop per byte at 16 bits: with half the bytes a parameter, reading and arithmetic are both
    twice as fast, so the precision cancels. Memory sets the pace below it, arithmetic above.
    """
    arithmetic = SIXTEEN_BITS * chip_peak * compute_use / (FORWARD_OPERATIONS * TOKEN_OF_EACH_ANSWER)
    reading = memory_bandwidth * GIGABYTES_PER_TERABYTE * bandwidth_use * active_share * PERCENT
    return PARAMETERS_PER_BILLION / BYTES_PER_GIGABYTE * arithmetic / reading


def pace(
    *,
    model_size,
    active_share,
    bytes_per_weight,
    context_memory,
    copy_gpus,
    batch,
    prompt_tokens,
    answer_tokens,
    gpu_memory,
    memory_bandwidth,
    bandwidth_use,
    chip_peak,
    compute_use,
) -> Pace:
    """How fast a copy of a model answers; arguments as in ``answer_cost``.

    A copy gets more GPUs than ``copy_gpus`` only where these do not hold the weights and one answer, and then whole
    ones; what remains free on the last of them is not used. Half the bytes a parameter double the peak, which is true
    down to 8 bits, and to 4 on chips from Blackwell on.
    """
    weights = model_size * PARAMETERS_PER_BILLION * bytes_per_weight / BYTES_PER_GIGABYTE
    # An answer grows from nothing to its full length, so half of it is in memory on average.
    context = (prompt_tokens + answer_tokens / 2) * context_memory * BYTES_PER_KILOBYTE / BYTES_PER_GIGABYTE
    usable = gpu_memory * USABLE_MEMORY
    one = context * ONE_ANSWER
    copy = larger(copy_gpus, rounded_up((weights + one) / usable))
    served = smaller(batch, larger(copy_gpus * usable - weights, one) / context)

    read = (weights * experts_read(active_share, served) / served + context) / TOKEN_OF_EACH_ANSWER
    reading_work = read / (memory_bandwidth * GIGABYTES_PER_TERABYTE * bandwidth_use * PERCENT)
    operations = FORWARD_OPERATIONS * model_size * active_share * PERCENT
    arithmetic_work = operations / (chip_peak * (SIXTEEN_BITS / bytes_per_weight) * compute_use * PERCENT)
    token_work = larger(reading_work, arithmetic_work)
    tokens = served * TOKEN_OF_EACH_ANSWER
    return Pace(
        served=served,
        copy=copy,
        reading=reading_work * tokens / copy,
        arithmetic=arithmetic_work * tokens / copy,
        step=token_work * tokens / copy,
        prompt_work=arithmetic_work,
        token_work=token_work,
    )


@model(
    "What a thousand answers cost",
    Output("owned", "On GPUs of your own, per thousand answers", "EUR/kanswer", 2),
    Output("rented", "On rented GPUs, per thousand answers", "EUR/kanswer", 2),
    Output("called", "Through an API, per thousand answers", "EUR/kanswer", 2),
    Output("break_even", "Break-even load against the API", "percent", 0),
    Output("break_even_uncached", "Break-even load, nothing cached", "percent", 0),
    Output("break_even_answers", "Break-even answers of one copy", "kanswer/day", 0),
    Output("gpu_answers", "Answers of a busy GPU-hour", "answer/gpu/hour", 0),
    Output("throughput", "Tokens of answers, while busy", "token/s/gpu", 0),
    Output("prompt_price", "A million tokens of prompts, rented", "EUR/Mtoken", 3),
    Output("token_price", "A million tokens of answers, rented", "EUR/Mtoken", 3),
    Output("speed", "Speed that one reader sees", "token/s", 0),
    Output("wait", "Time to the end of an answer", "s", 1),
    Output("energy", "Energy of an answer, while busy", "Wh/answer", 3),
    Output("crossing", "Batch from which arithmetic decides", "answer", 0),
    Output("served", "Answers at a time that fit", "answer", 0),
    Output("copy", "GPUs of one copy", "gpu", 1),
    monotone={
        "model_size": "+",
        "active_share": "+",
        "bytes_per_weight": "+",
        "context_memory": "+",
        "copy_gpus": "-",
        "batch": "-",
        "prompt_tokens": "+",
        "answer_tokens": "+",
        "cached_share": "-",
        "gpu_memory": "-",
        "memory_bandwidth": "-",
        "bandwidth_use": "-",
        "chip_peak": "-",
        "compute_use": "-",
        "owned_hour": "+",
        "serving_load": "-",
    },
)
def answer_cost(
    *,
    model_size,
    active_share,
    bytes_per_weight,
    context_memory,
    copy_gpus,
    batch,
    prompt_tokens,
    answer_tokens,
    cached_share,
    gpu_memory,
    memory_bandwidth,
    bandwidth_use,
    chip_peak,
    compute_use,
    serving_load,
    owned_hour,
    cloud_price,
    exchange_rate,
    api_prompt_price,
    api_cached_price,
    api_answer_price,
    server_power,
    pue,
) -> AnswerCost:
    """Cost of a thousand answers on owned GPUs, on rented GPUs and through an API, with energy and waiting.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. ``owned_hour`` is paid for every hour, used or not; ``serving_load`` is the
    part of what a copy could answer that somebody asks for, on owned and on rented GPUs alike. ``cached_share`` of a
    prompt was read before: it costs no arithmetic here, and ``api_cached_price`` percent of the usual price there.
    Leaves out: the arithmetic of attention, which counts for very long prompts; what chips lose by talking to each
    other; staff, and the price of switching.
    """
    found = pace(
        model_size=model_size,
        active_share=active_share,
        bytes_per_weight=bytes_per_weight,
        context_memory=context_memory,
        copy_gpus=copy_gpus,
        batch=batch,
        prompt_tokens=prompt_tokens,
        answer_tokens=answer_tokens,
        gpu_memory=gpu_memory,
        memory_bandwidth=memory_bandwidth,
        bandwidth_use=bandwidth_use,
        chip_peak=chip_peak,
        compute_use=compute_use,
    )
    load, cached, rent = serving_load * PERCENT, cached_share * PERCENT, cloud_price / exchange_rate

    def bill(part_cached):
        """GPU-seconds of one answer, and its price at the API (EUR), with a part of the prompt read before."""
        work = prompt_tokens * (1 - part_cached) * found.prompt_work + answer_tokens * found.token_work
        charged = prompt_tokens * (1 - part_cached + part_cached * api_cached_price * PERCENT)
        price = (charged * api_prompt_price + answer_tokens * api_answer_price) / TOKENS_PER_MILLION / exchange_rate
        return work, price

    work, price = bill(cached)
    uncached_work, uncached_price = bill(0.0)
    gpu_answers = SECONDS_PER_HOUR / work
    break_even = owned_hour / gpu_answers / price / PERCENT
    rent_of_second = rent / SECONDS_PER_HOUR / load
    return AnswerCost(
        owned=owned_hour / load / gpu_answers * ANSWERS_PER_THOUSAND,
        rented=rent / load / gpu_answers * ANSWERS_PER_THOUSAND,
        called=price * ANSWERS_PER_THOUSAND,
        break_even=break_even,
        break_even_uncached=owned_hour * uncached_work / SECONDS_PER_HOUR / uncached_price / PERCENT,
        break_even_answers=owned_hour * found.copy * HOURS_PER_DAY / price / ANSWERS_PER_THOUSAND,
        gpu_answers=gpu_answers,
        throughput=answer_tokens / work,
        prompt_price=rent_of_second * found.prompt_work * TOKENS_PER_MILLION,
        token_price=rent_of_second * found.token_work * TOKENS_PER_MILLION,
        speed=ONE_TOKEN / found.step,
        wait=prompt_tokens * (1 - cached) * found.prompt_work / found.copy * ONE_ANSWER
        + answer_tokens / TOKEN_OF_EACH_ANSWER * found.step,
        energy=server_power * pue * work / SECONDS_PER_HOUR * WATTS_PER_KILOWATT,
        crossing=crossing_batch(active_share, chip_peak, compute_use, memory_bandwidth, bandwidth_use),
        served=found.served,
        copy=found.copy,
    )
