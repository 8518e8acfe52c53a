import { AccessString } from '../../src';

test.each([
  [AccessString.fullAccess(), 'on ~* &* +@all'],
  [AccessString.readOnly(), 'on ~* -@all +@read +@connection -@dangerous +cluster|slots +cluster|nodes'],
  [AccessString.readOnly({}), 'on ~* -@all +@read +@connection -@dangerous +cluster|slots +cluster|nodes'],
  [AccessString.readOnly({ keys: ['cart:*', 'item:*'] }), 'on ~cart:* ~item:* -@all +@read +@connection -@dangerous +cluster|slots +cluster|nodes'],
  [AccessString.readWrite(), 'on ~* -@all +@read +@write +@transaction +@connection -@dangerous +cluster|slots +cluster|nodes'],
  [AccessString.readWrite({ keys: ['cart:*'] }), 'on ~cart:* -@all +@read +@write +@transaction +@connection -@dangerous +cluster|slots +cluster|nodes'],
  [AccessString.of('on ~jobs:* +@list'), 'on ~jobs:* +@list'],
])('%#', (access, text) => expect(access.value).toBe(text));
