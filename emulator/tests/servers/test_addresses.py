"""Blocks of loopback addresses."""

import socket

import pytest

from local_aws.addresses import AddressBlock
from local_aws.errors import ServerError


def test_two_blocks_stand_side_by_side() -> None:
    first, second = AddressBlock(), AddressBlock()
    try:
        assert first.prefix != second.prefix
        ips = [first.allocate(), second.allocate()]
        listeners = []
        for ip in ips:
            listener = socket.create_server((ip, 16379))
            listeners.append(listener)
        assert len({listener.getsockname() for listener in listeners}) == 2
        for listener in listeners:
            listener.close()
    finally:
        first.close()
        second.close()


def test_a_closed_block_can_be_taken_again() -> None:
    first = AddressBlock()
    prefix = first.prefix
    first.close()
    again = AddressBlock()
    assert again.prefix == prefix
    again.close()


def test_a_block_runs_out_and_takes_addresses_back() -> None:
    block = AddressBlock()
    try:
        ips = [block.allocate() for _ in range(253)]
        assert len(set(ips)) == 253
        with pytest.raises(ServerError, match=f"All addresses of the block {block.prefix}.0/24 are in use."):
            block.allocate()
        block.release(ips[7])
        block.release(ips[7])
        assert block.allocate() == ips[7]
        with pytest.raises(ServerError):
            block.allocate()
    finally:
        block.close()


def test_a_released_address_is_the_last_to_be_given_out_again() -> None:
    block = AddressBlock()
    released = block.allocate()
    block.release(released)
    assert released not in [block.allocate() for _ in range(252)]
    assert block.allocate() == released
    block.close()
