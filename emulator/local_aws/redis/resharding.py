"""Moves hash slots with their keys from one running primary to another, while clients read and write."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import redis

from local_aws.errors import ServerError
from local_aws.redis.access import OPERATOR
from local_aws.redis.node import Node
from local_aws.redis.slots import ranges
from local_aws.redis.topology import topology

COMMANDS_AT_ONCE = 500
KEYS_AT_ONCE = 100
PAUSE_MILLISECONDS = 5000
MIGRATE_MILLISECONDS = 5000


def reshard(source: Node, destination: Node, slots: set[int]) -> None:
    """Move `slots`; a failure brings the keys back that have gone."""
    opened: set[int] = set()
    try:
        while True:
            held = _with_keys(source, slots)
            if held:
                _open(source, destination, held - opened)
                opened |= held
                _carry(source, destination, held)
                continue
            # A slot that seemed empty may get its first key now: held back, its client is then sent on.
            with _writes_paused(source):
                if not _with_keys(source, slots):
                    _claim(destination, slots)
                    source.wait_for(lambda: not slots & _slots_of(source), "hand-over of slots")
                    break
    except ServerError:
        # Should one of the two have died, its keys are gone with it.
        with suppress(ServerError):
            _carry(destination, source, opened)
        for node in (destination, source):
            with suppress(ServerError):
                _close(node, opened)
        raise
    _close(source, opened)


def _with_keys(node: Node, slots: Iterable[int]) -> set[int]:
    counted = list(slots)
    counts = _all(node, [("CLUSTER COUNTKEYSINSLOT", slot) for slot in counted])
    return {slot for slot, count in zip(counted, counts, strict=True) if count}


def _open(source: Node, destination: Node, slots: Iterable[int]) -> None:
    """From now on a key that is no longer here is asked for there, and new keys begin there."""
    moving = list(slots)
    _all(destination, [("CLUSTER SETSLOT", slot, "IMPORTING", source.cluster_id) for slot in moving])
    _all(source, [("CLUSTER SETSLOT", slot, "MIGRATING", destination.cluster_id) for slot in moving])


def _carry(source: Node, destination: Node, slots: Iterable[int]) -> None:
    login = ("AUTH2", OPERATOR, source.operator_password)
    remaining = list(slots)
    while remaining:
        found = _all(source, [("CLUSTER GETKEYSINSLOT", slot, KEYS_AT_ONCE) for slot in remaining])
        held = {slot: keys for slot, keys in zip(remaining, found, strict=True) if keys}
        head = ("MIGRATE", *destination.endpoint, "", 0, MIGRATE_MILLISECONDS, "REPLACE", *login, "KEYS")
        _all(source, [(*head, *keys) for keys in held.values()])
        remaining = list(held)


def _claim(node: Node, slots: set[int]) -> None:
    """Whole ranges by a newer epoch: SETSLOT NODE takes Valkey milliseconds for each of thousands of slots."""
    bounds = [bound for pair in ranges(slots) for bound in pair]
    # As one: in between, a word from the former owner would give the slots back to it.
    with node.session() as client, client.pipeline(transaction=True) as pipeline:
        pipeline.execute_command("CLUSTER DELSLOTSRANGE", *bounds)
        pipeline.execute_command("CLUSTER ADDSLOTSRANGE", *bounds)
        pipeline.execute_command("CLUSTER BUMPEPOCH")
        pipeline.execute()


def _close(node: Node, slots: Iterable[int]) -> None:
    _all(node, [("CLUSTER SETSLOT", slot, "STABLE") for slot in slots])


def _slots_of(node: Node) -> set[int]:
    return {slot for view in topology(node) if view.id == node.cluster_id for slot in view.all_slots()}


@contextmanager
def _writes_paused(node: Node) -> Iterator[None]:
    node.execute("CLIENT PAUSE", PAUSE_MILLISECONDS, "WRITE")
    try:
        yield
    finally:
        with suppress(ServerError):
            node.execute("CLIENT UNPAUSE")


def _all(node: Node, commands: list[tuple[Any, ...]]) -> list[Any]:
    """The answers to all commands, sent without waiting for each."""
    answers = []
    with node.session() as client:
        for first in range(0, len(commands), COMMANDS_AT_ONCE):
            with client.pipeline(transaction=False) as pipeline:
                for command in commands[first : first + COMMANDS_AT_ONCE]:
                    pipeline.execute_command(*command)
                # What it raises by itself quotes the command, and so the password of the operator.
                answers += pipeline.execute(raise_on_error=False)
    refused = next((answer for answer in answers if isinstance(answer, redis.RedisError)), None)
    if refused:
        raise ServerError(f"{node.id}: {refused}")
    return answers
