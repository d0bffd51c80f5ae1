"""What lesson 43 alone shows."""

from ..cards import fact_check as fact_check
from ..fact_check import verdict_list as verdict_list
from ..fact_check import verdicts_moved as verdicts_moved
