"""What a learner handles: panel, exercises, game, lab, memo, own work; each with its JavaScript beside it."""
