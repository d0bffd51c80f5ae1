"""How each model is shown: one module per module of ``models``, with its chart, its rows and its sentence."""
