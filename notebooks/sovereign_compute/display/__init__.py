"""How it is shown: charts, tables, texts, the views of the models."""
