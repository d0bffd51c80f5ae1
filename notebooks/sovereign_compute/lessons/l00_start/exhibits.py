"""What lesson 00 alone shows."""

from ...models.ownership import gpu_hour_cost as gpu_hour_cost
from ..course import course_map as course_map
