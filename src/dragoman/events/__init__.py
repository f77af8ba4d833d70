"""Claims → Judgements → Events: which claims tell of the same happening, why, and what they tell together."""

from dragoman.events.building import build_event, order_claims
from dragoman.events.candidates import find_blocks, find_pairs, find_weeks, get_home
from dragoman.events.merging import Links, find_groups, settle_links
from dragoman.events.persons import lift, merge_events, split_event, withdraw_event
from dragoman.events.scoring import judge_pair, load_pair_model
from dragoman.events.standing import is_contested
from dragoman.events.survivors import find_survivors
from dragoman.events.telling import Telling, make_story, make_telling

__all__ = [
    "Links",
    "Telling",
    "build_event",
    "find_blocks",
    "find_groups",
    "find_pairs",
    "find_survivors",
    "find_weeks",
    "get_home",
    "is_contested",
    "judge_pair",
    "lift",
    "load_pair_model",
    "make_story",
    "make_telling",
    "merge_events",
    "order_claims",
    "settle_links",
    "split_event",
    "withdraw_event",
]
