import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ketama } from '../src/ketama.js';

const KEYS = Array.from({ length: 10_000 }, (_, number) => `page:${number}`);
const node = (number) => ({ id: `pages.abc123.000${number}.use1.cache.amazonaws.com:11211` });
const ring = (...numbers) => {
  const ketama = new Ketama();
  numbers.forEach((number) => ketama.addNode(node(number)));
  return ketama;
};
const places = (ketama) => KEYS.map((key) => ketama.getNodesByKey(key)[0].id);

describe('the ring', () => {
  test('has the places of libketama', () => {
    // As another program reckons them: the next of the points md5('a:1-0') … md5('c:1-39') after the first four bytes of md5(key), little-endian.
    const ketama = new Ketama();
    for (const id of ['a:1', 'b:1', 'c:1']) {
      ketama.addNode({ id });
    }
    assert.deepEqual(['one', 'two', 'three', 'four', 'five', 'six'].map((key) => ketama.getNodesByKey(key)[0].id), ['a:1', 'a:1', 'c:1', 'a:1', 'a:1', 'b:1']);
  });

  test('gives every node its share', () => {
    const found = places(ring(1, 2, 3));
    for (const number of [1, 2, 3]) {
      const share = found.filter((id) => id === node(number).id).length / KEYS.length;
      assert.ok(share > 0.26 && share < 0.41, `${share}`);
    }
  });

  test('moves keys to a node that is added, and none among the others', () => {
    const [two, three] = [places(ring(1, 2)), places(ring(1, 2, 3))];
    const moved = three.filter((id, index) => id !== two[index]);
    assert.ok(moved.every((id) => id === node(3).id));
    assert.ok(moved.length > KEYS.length * 0.26 && moved.length < KEYS.length * 0.41, `${moved.length}`);
  });

  test('gives the keys of a node that is removed back, in whatever order nodes came', () => {
    const ketama = ring(3, 2, 1);
    ketama.removeNode(node(3).id);
    assert.deepEqual(places(ketama), places(ring(1, 2)));
    assert.deepEqual(ketama.nodes, [node(2), node(1)]);
    assert.deepEqual(ketama.getNode(node(1).id), node(1));
    assert.equal(ketama.getNode(node(3).id), undefined);
  });

  test('of nobody has no place for a key', () => {
    assert.deepEqual(new Ketama().getNodesByKey('key'), []);
  });
});
