"""Which shard has which of the 16,384 hash slots, and the smallest moves from one distribution to another."""

import re
from collections.abc import Iterable, Mapping, Sequence

from local_aws.errors import ServerError
from local_aws.redis.spec import ShardSpec

SLOTS = 16384
Ranges = list[tuple[int, int]]
Ownership = dict[str, set[int]]


def parse(text: str) -> set[int]:
    """The slots of a text like "0-100,200"."""
    slots: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)(?:-(\d+))?\s*", part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, SLOTS)
        if not first <= last < SLOTS:
            raise ServerError(f"Not slots from 0 to {SLOTS - 1}: {text}")
        slots.update(range(first, last + 1))
    return slots


def ranges(slots: Iterable[int]) -> Ranges:
    """The same slots as first and last of every run without a gap."""
    found: Ranges = []
    for slot in sorted(slots):
        if found and found[-1][1] == slot - 1:
            found[-1] = (found[-1][0], slot)
        else:
            found.append((slot, slot))
    return found


def wanted(shards: Sequence[ShardSpec], present: Mapping[str, set[int]]) -> Ownership:
    """The distribution that `shards` ask for; later on, written slots count only while they are complete."""
    if not any(present.values()):
        return _at_start(shards)
    if _complete(shards):
        return {shard.id: parse(shard.slots) for shard in shards}
    ids = [shard.id for shard in shards]
    if set(ids) == {owner for owner, slots in present.items() if slots}:
        return {owner: set(present[owner]) for owner in ids}
    return _equalised(ids, present)


def moves(present: Mapping[str, set[int]], target: Mapping[str, set[int]]) -> dict[tuple[str, str], set[int]]:
    """The slots that go from one shard to another."""
    found = {}
    for source, slots in present.items():
        for destination, share in target.items():
            if source != destination and slots & share:
                found[source, destination] = slots & share
    return found


def _at_start(shards: Sequence[ShardSpec]) -> Ownership:
    if not any(shard.slots for shard in shards):
        bounds = [number * SLOTS // len(shards) for number in range(len(shards) + 1)]
        return {shard.id: set(range(bounds[i], bounds[i + 1])) for i, shard in enumerate(shards)}
    if not all(shard.slots for shard in shards):
        raise ServerError("Either every shard says its slots or none does.")
    if not _complete(shards):
        raise ServerError(f"The slots of the shards must be all from 0 to {SLOTS - 1}, each once.")
    return {shard.id: parse(shard.slots) for shard in shards}


def _complete(shards: Sequence[ShardSpec]) -> bool:
    written = [parse(shard.slots) for shard in shards if shard.slots]
    return sum(map(len, written)) == SLOTS == len(set().union(*written)) and len(written) == len(shards)


def _equalised(ids: Sequence[str], present: Mapping[str, set[int]]) -> Ownership:
    """Every shard keeps what it may keep; what others have too much goes to those that have too little."""
    size, more = divmod(SLOTS, len(ids))
    # Whoever has most keeps the odd slot, which then does not move.
    by_size = sorted(ids, key=lambda owner: -len(present.get(owner, ())))
    share = {owner: size + (place < more) for place, owner in enumerate(by_size)}
    kept = {owner: set(sorted(present.get(owner, ()))[: share[owner]]) for owner in ids}
    loose = iter(sorted(set(range(SLOTS)) - set().union(*kept.values())))
    for owner in ids:
        kept[owner].update(next(loose) for _ in range(share[owner] - len(kept[owner])))
    return kept
