/** A line that must not be taken. */
export interface InvalidExample {
  readonly name: string;
  /** Who must not take it. */
  readonly to: 'node' | 'ea';
  /**
   * Why. Where it ends the connection: `BAD_JSON`, `BAD_ENVELOPE`, `BAD_VERSION`, `BAD_UTF8`. Where only the line is dropped: `UNREADABLE`,
   * `UNKNOWN_TYPE`. What an EA answers: `BAD_REQUEST`, `UNKNOWN_REQUEST`.
   */
  readonly reason: string;
  /** The bytes as text, or in hex where they are no text. */
  readonly line?: string;
  readonly hex?: string;
}

const line = (t: string, d: object, more: object = {}): string =>
  JSON.stringify({ v: 1, t, ...more, ts: 1_704_895_200_000, d });

const order = {
  coid: 'k7-1-e',
  kind: 'market',
  symbol: 'EURUSD',
  side: 'buy',
  volume: 0.25,
  tif: 'GTC',
  magic: '770000000001',
  expiresAt: 4_102_444_800_000,
};

const deal = {
  ticket: '3003',
  type: 'buy',
  entry: 'in',
  symbol: 'EURUSD',
  volume: 0.25,
  price: 1.09503,
  commission: 0,
  fee: 0,
  swap: 0,
  profit: 0,
  magic: '0',
  reason: 'expert',
  time: 1_704_902_400_250,
};

/** One line for each way to be wrong. */
export const invalidExamples: readonly InvalidExample[] = [
  ...(['node', 'ea'] as const).flatMap((to): readonly InvalidExample[] => {
    const t = to === 'node' ? 'tick' : 'ping';
    return [
      { name: 'an empty line', to, reason: 'BAD_JSON', line: '' },
      { name: 'no JSON', to, reason: 'BAD_JSON', line: 'GET / HTTP/1.1' },
      { name: 'half a line', to, reason: 'BAD_JSON', line: '{"v":1,"t":"tick","d":{"s":"EUR' },
      { name: 'two objects in a line', to, reason: 'BAD_JSON', line: '{"v":1,"t":"ping","d":{}}{"v":1}' },
      { name: 'a number that is none', to, reason: 'BAD_JSON', line: '{"v":1,"t":"ping","ts":NaN,"d":{}}' },
      { name: 'a text that does not end', to, reason: 'BAD_JSON', line: '{"v":1,"t":"ping' },
      { name: 'a list', to, reason: 'BAD_ENVELOPE', line: '[1]' },
      { name: 'no type', to, reason: 'BAD_ENVELOPE', line: '{"v":1,"d":{}}' },
      { name: 'a type that is no text', to, reason: 'BAD_ENVELOPE', line: '{"v":1,"t":7,"d":{}}' },
      { name: 'no data', to, reason: 'BAD_ENVELOPE', line: `{"v":1,"t":"${t}"}` },
      { name: 'data that is a list', to, reason: 'BAD_ENVELOPE', line: `{"v":1,"t":"${t}","d":[]}` },
      { name: 'another version', to, reason: 'BAD_VERSION', line: `{"v":2,"t":"${t}","d":{}}` },
      { name: 'no version', to, reason: 'BAD_VERSION', line: `{"t":"${t}","d":{}}` },
      { name: 'an overlong slash', to, reason: 'BAD_UTF8', hex: '7b2276223ac0af7d' },
      { name: 'half of a character', to, reason: 'BAD_UTF8', hex: '7b2276223a22e2827d' },
    ];
  }),
  {
    name: 'a number that is no integer',
    to: 'node',
    reason: 'BAD_ENVELOPE',
    line: line('deal', deal, { seq: 1.5 }),
  },
  { name: 'a type that is not known', to: 'node', reason: 'UNKNOWN_TYPE', line: line('news', {}) },
  {
    name: 'a tick without a bid',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('tick', { s: 'EURUSD', t: 1, b: 0, a: 1 }),
  },
  {
    name: 'a crossed tick',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('tick', { s: 'EURUSD', t: 1, b: 1.2, a: 1.1 }),
  },
  {
    name: 'a tick in texts',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('tick', { s: 'EURUSD', t: 1, b: '1.1', a: '1.2' }),
  },
  {
    name: 'an infinite price',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('deal', { ...deal, price: 'X' }, { seq: 1 }).replace('"X"', '1e999'),
  },
  {
    name: 'a price below zero',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('deal', { ...deal, price: -1.1 }, { seq: 1 }),
  },
  {
    name: 'a ticket that is a number',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('deal', { ...deal, ticket: 3003 }, { seq: 1 }),
  },
  {
    name: 'an entry that is not known',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('deal', { ...deal, entry: 'sideways' }, { seq: 1 }),
  },
  {
    name: 'an order without a state',
    to: 'node',
    reason: 'UNREADABLE',
    line: line('order', { ticket: '1', symbol: 'EURUSD', type: 'buy' }, { seq: 1 }),
  },
  {
    name: 'a request that is not known',
    to: 'ea',
    reason: 'UNKNOWN_REQUEST',
    line: line('dance', {}, { id: 1 }),
  },
  {
    name: 'an order without a name',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('order', { ...order, coid: undefined }, { id: 2 }),
  },
  {
    name: 'an order with a long name',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('order', { ...order, coid: 'k'.repeat(27) }, { id: 3 }),
  },
  {
    name: 'an order of a kind that is not known',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('order', { ...order, kind: 'iceberg' }, { id: 4 }),
  },
  {
    name: 'an order without a side',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('order', { ...order, side: 'long' }, { id: 5 }),
  },
  {
    name: 'an order of nothing',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('order', { ...order, volume: 0 }, { id: 6 }),
  },
  {
    name: 'a limit order without a price',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('order', { ...order, kind: 'limit' }, { id: 7 }),
  },
  {
    name: 'bars of a timeframe that is not known',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('bars', { symbol: 'EURUSD', timeframe: 'M7', from: 0, to: 1, limit: 1 }, { id: 8 }),
  },
  {
    name: 'a level that is not known',
    to: 'ea',
    reason: 'BAD_REQUEST',
    line: line('protect', { coid: 'k7-1-s', position: '1', which: 'trail', price: 1, magic: '0' }, { id: 9 }),
  },
];
