"""The models of the course: plain functions whose keyword arguments are assumption ids."""
