"""What goes in: tables, assumptions, presets, scenarios and their share codes, files, numbers and words."""
