"""Distributions of hash slots, and the moves between them."""

import pytest

from local_aws.errors import ServerError
from local_aws.redis.slots import SLOTS, moves, parse, ranges, wanted
from local_aws.redis.spec import ShardSpec


def shards(*ids: str) -> list[ShardSpec]:
    return [ShardSpec(shard_id) for shard_id in ids]


def test_a_text_of_slots() -> None:
    assert parse("0-2,7, 9-10") == {0, 1, 2, 7, 9, 10}
    assert ranges({0, 1, 2, 7, 9, 10}) == [(0, 2), (7, 7), (9, 10)]


@pytest.mark.parametrize("text", ["", "a", "5-2", "0-16384", "1-", "-1"])
def test_what_is_no_text_of_slots(text: str) -> None:
    with pytest.raises(ServerError, match="Not slots from 0 to 16383"):
        parse(text)


def test_equal_shares_in_one_piece_each() -> None:
    first = wanted(shards("0001", "0002", "0003"), {})
    assert [ranges(slots) for slots in first.values()] == [[(0, 5460)], [(5461, 10921)], [(10922, 16383)]]


def test_no_more_moves_than_needed() -> None:
    two = wanted(shards("0001", "0002"), {})
    four = wanted(shards("0001", "0002", "0003", "0004"), two)
    assert {len(slots) for slots in four.values()} == {SLOTS // 4}
    assert sum(map(len, moves(two, four).values())) == SLOTS // 2
    assert all(destination in ("0003", "0004") for _, destination in moves(two, four))
    three = wanted(shards("0001", "0002", "0004"), four)
    assert {source for source, _ in moves(four, three)} == {"0003"}
    assert sorted(map(len, three.values())) == [5461, 5461, 5462]
    assert set().union(*three.values()) == set(range(SLOTS))


def test_the_same_shards_keep_what_they_have() -> None:
    uneven = {"0001": set(range(100)), "0002": set(range(100, SLOTS))}
    assert wanted(shards("0001", "0002"), uneven) == uneven
    assert moves(uneven, uneven) == {}


def test_slots_as_written() -> None:
    written = [ShardSpec("0001", slots="0-99,200-16383"), ShardSpec("0002", slots="100-199")]
    assert wanted(written, {})["0002"] == set(range(100, 200))
    with pytest.raises(ServerError, match="must be all from 0 to 16383, each once"):
        wanted([ShardSpec("0001", slots="0-9000"), ShardSpec("0002", slots="9000-16383")], {})
    with pytest.raises(ServerError, match="Either every shard says its slots or none does"):
        wanted([ShardSpec("0001", slots="0-16383"), ShardSpec("0002")], {})


def test_written_slots_that_are_no_longer_complete_leave_equal_shares() -> None:
    written = [ShardSpec("0001", slots="0-99"), ShardSpec("0002", slots="100-16383")]
    present = wanted(written, {})
    assert {len(slots) for slots in wanted([*written, ShardSpec("0003")], present).values()} == {5461, 5462}
    assert wanted(written[1:], present) == {"0002": set(range(SLOTS))}
