"""The batch queue in simpy, for reading: the same machine as in `batch`, a hundred times slower and told as a story."""

import simpy


def first_come_first_served(jobs, places):
    """Start of each job in hours; ``jobs`` is a list of (arrival, runtime, width)."""
    env = simpy.Environment()
    free = simpy.Container(env, capacity=places, init=places)
    starts = {}

    def job(name, arrival, runtime, width):
        yield env.timeout(arrival)  # somebody submits the job
        yield free.get(width)  # it waits in line until its places are free
        starts[name] = env.now
        yield env.timeout(runtime)  # it computes
        yield free.put(width)  # and gives its places back

    for name, (arrival, runtime, width) in enumerate(jobs):
        env.process(job(name, arrival, runtime, width))
    env.run()
    return [starts[name] for name in range(len(jobs))]
