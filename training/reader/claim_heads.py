"""The heads that make claims of word states: kept small, so that numpy runs them and users can fit them anew.

For words (W, 384): ``types`` (W, 17; the first is none), ``statuses`` (W, 6), ``modes`` (W, M) of the act that a word
names, ``slots`` (W, W, 6): whether a word is actor, recipient, claimant, magnitude, date or place of that act. For a
pair of parties (spans of words): the sixteen types and six statuses of what the first does to the second.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

TYPES = (
    "-", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("occurred", "ongoing", "planned", "conditional", "denied", "historical")
SLOTS = ("actor", "recipient", "claimant", "magnitude", "date", "place")
MODES = (
    "-", "CONSULT/visit", "CONSULT/third-party", "CONSULT/multilateral", "CONSULT/phone", "RETREAT/withdraw",
    "RETREAT/release", "RETREAT/disarm", "RETREAT/ceasefire", "RETREAT/access", "RETREAT/resign", "REQUEST/assist",
    "REQUEST/change", "REQUEST/yield", "REQUEST/meet", "ACCUSE/disapprove", "ACCUSE/investigate", "ACCUSE/allege",
    "REJECT/assist", "REJECT/change", "REJECT/yield", "REJECT/meet", "THREATEN/restrict", "THREATEN/arrest",
    "THREATEN/relations", "THREATEN/expel", "THREATEN/territory", "THREATEN/violence", "PROTEST/demo", "PROTEST/riot",
    "PROTEST/strike", "PROTEST/hunger", "PROTEST/boycott", "PROTEST/obstruct", "PROTEST/vandalize", "SANCTION/convict",
    "SANCTION/expel", "SANCTION/withdraw", "SANCTION/discontinue", "MOBILIZE/troops", "MOBILIZE/weapons",
    "MOBILIZE/police", "MOBILIZE/militia", "COERCE/seize", "COERCE/restrict", "COERCE/censor", "COERCE/curfew",
    "COERCE/martial-law", "COERCE/arrest", "COERCE/deport", "COERCE/withhold", "COERCE/misinformation", "COERCE/cyber",
    "ASSAULT/abduct", "ASSAULT/beat", "ASSAULT/torture", "ASSAULT/sexual", "ASSAULT/targeted", "ASSAULT/destroy",
    "ASSAULT/primitive", "ASSAULT/firearms", "ASSAULT/explosives", "ASSAULT/suicide-attack", "ASSAULT/aerial",
    "ASSAULT/drone", "ASSAULT/heavy-weapons", "ASSAULT/crowd-control", "ASSAULT/unconventional",
)  # fmt: skip
ACT, SLOT, PAIR = 256, 128, 128
NEVER = -1e4


def project(width: int, to: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, to), nn.ReLU(), nn.Dropout(dropout))


class ClaimHeads(nn.Module):
    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.act = project(width, ACT, dropout)
        self.types, self.statuses, self.modes = (nn.Linear(ACT, len(x)) for x in (TYPES, STATUSES, MODES))
        self.slot_left, self.slot_right = (project(width, SLOT, dropout) for _ in range(2))
        self.slots = nn.Parameter(torch.randn(len(SLOTS), SLOT + 1, SLOT + 1) / SLOT)
        self.actor, self.recipient = (project(width, PAIR, dropout) for _ in range(2))
        self.nobody = nn.Parameter(torch.zeros(PAIR))
        self.query, self.key = nn.Linear(2 * PAIR, PAIR), nn.Linear(width, PAIR)
        self.joined = project(width + 2 * PAIR, ACT, dropout)
        self.pair_types, self.pair_statuses = nn.Linear(ACT, len(TYPES) - 1), nn.Linear(ACT, len(STATUSES))

    def score_slots(self, left: Tensor, right: Tensor) -> Tensor:
        """(B, N, width) acts, (B, W, width) words → (B, N, W, 6)."""
        one = torch.ones((), dtype=left.dtype)
        a, b = self.slot_left(left), self.slot_right(right)
        a = torch.cat([a, one.expand(*a.shape[:-1], 1)], -1)
        b = torch.cat([b, one.expand(*b.shape[:-1], 1)], -1)
        half = torch.einsum("bnd,sde->bnse", a, self.slots.to(a.dtype))
        return torch.einsum("bnse,bwe->bnws", half, b)

    def score_pairs(self, words: Tensor, mask: Tensor, actors: Tensor, recipients: Tensor) -> tuple[Tensor, Tensor]:
        """Types (B, 16) and statuses (B, 6) of one pair a sentence.

        ``words`` (B, W, width), ``mask`` (B, W) 1 at words, ``actors`` and ``recipients`` (B, W) 1 at the party's words;
        a recipient of no words is nobody.
        """

        def pool(where: Tensor) -> Tensor:
            return torch.einsum("bw,bwd->bd", where, words) / where.sum(1, keepdim=True).clamp(min=1)

        a, r = self.actor(pool(actors)), self.recipient(pool(recipients))
        r = torch.where(recipients.sum(1, keepdim=True) > 0, r, self.nobody.to(r.dtype))
        hidden = self.act(words)
        types, statuses = self.types(hidden), self.statuses(hidden)
        slots = self.score_slots(words, words)

        def link(slot: int, where: Tensor) -> Tensor:
            return torch.einsum("bnw,bw->bn", slots[..., slot], where) / where.sum(1, keepdim=True).clamp(min=1)

        seek = torch.einsum("bd,bwd->bw", self.query(torch.cat([a, r], -1)), self.key(words)) / PAIR**0.5
        named = types[..., 1:].float().logsumexp(-1) - types[..., 0].float()
        weight = seek.float() + named + 0.5 * link(0, actors).float() + 0.5 * link(1, recipients).float()
        weight = (weight + NEVER * (1 - mask)).softmax(-1).to(words.dtype)
        context = torch.einsum("bw,bwd->bd", weight, words)
        joined = self.joined(torch.cat([context, a, r], -1))
        return (
            torch.einsum("bw,bwt->bt", weight, types[..., 1:]) + self.pair_types(joined),
            torch.einsum("bw,bwt->bt", weight, statuses) + self.pair_statuses(joined),
        )
