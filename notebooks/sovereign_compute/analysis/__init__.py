"""What is asked of a model: draws, simulation, sensitivity, comparison, one scenario evaluated."""
