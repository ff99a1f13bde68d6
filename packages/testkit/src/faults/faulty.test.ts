import type {
  ApprovedOrder,
  CommandOutcome,
  ConnectionState,
  OrderEvent,
  Purpose,
  Tick,
} from '@mikrobot/core';
import { describe, expect, it, vi } from 'vitest';
import { type FaultyAdapter, type FaultyOptions, faulty } from './faulty.js';
import { type FaultRule, scriptOf } from './script.js';
import { HandVenue } from './testing/hand-venue.js';

// The line reads the request of an order and nothing else, so no bot is needed to approve one.
const order = (id: string, purpose: Purpose = 'enter', symbol = 'EURUSD'): ApprovedOrder =>
  ({ request: { id, symbol, purpose } }) as unknown as ApprovedOrder;

const fill = (tradeId: string, id = 'a-e'): OrderEvent => ({
  type: 'fill',
  id,
  symbol: 'EURUSD',
  time: 1,
  tradeId,
  side: 'buy',
  quantity: 1,
  price: 1.1,
  remaining: 0,
  commission: 0,
  profit: 0,
});
const accepted = (id = 'a-e'): OrderEvent => ({ type: 'accepted', id, symbol: 'EURUSD', time: 1 });

interface Bench {
  readonly venue: HandVenue;
  readonly adapter: FaultyAdapter;
  readonly orders: OrderEvent[];
  readonly states: ConnectionState[];
  pass(ms: number): Promise<void>;
}

const bench = (rules: readonly FaultRule[] = [], options: FaultyOptions = {}): Bench => {
  const venue = new HandVenue();
  const adapter = faulty(venue, { script: { seed: 5, rules }, ...options });
  const orders: OrderEvent[] = [];
  const states: ConnectionState[] = [];
  adapter.on('order', (event) => orders.push(event));
  adapter.on('connection', (state) => states.push(state));
  const pass = async (ms: number): Promise<void> => {
    const { clock } = venue;
    const end = clock.now() + ms;
    clock.advance(end);
    while (clock.busy) {
      await clock.settled();
      clock.advance(end);
    }
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return { venue, adapter, orders, states, pass };
};

/** What a promise has come to, without waiting for it. */
const fateOf = (answer: unknown): { value?: unknown; error?: unknown } => {
  const fate: { value?: unknown; error?: unknown } = {};
  Promise.resolve(answer).then(
    (value) => {
      fate.value = value;
    },
    (error) => {
      fate.error = error;
    },
  );
  return fate;
};

const unknown = { outcome: 'unknown', detail: expect.any(String) };

describe('a line without faults', () => {
  it('passes calls, answers and events as they are', () => {
    const { venue, adapter, orders } = bench();
    expect(adapter.submit(order('a-e'))).toEqual({ outcome: 'accepted', venueId: 'v1' });
    expect(adapter.query({ id: 'a-e', symbol: 'EURUSD' })).toEqual({ outcome: 'absent' });
    const tick: Tick = { symbol: 'EURUSD', time: 1, bid: 1, ask: 2, volume: 0 };
    const ticks: Tick[] = [];
    adapter.on('tick', (told) => ticks.push(told));
    venue.emit('tick', tick);
    venue.emit('order', accepted());
    expect(ticks[0]).toBe(tick);
    expect(orders).toEqual([accepted()]);
    expect(adapter.faults).toEqual([]);
    void adapter.close();
    expect(venue.closed).toBe(true);
  });

  it('leaves a venue open that outlives it, and hears it no more', () => {
    const { venue, adapter, orders } = bench([], { outlives: true });
    void adapter.close();
    venue.emit('order', accepted());
    expect(venue.closed).toBe(false);
    expect(orders).toEqual([]);
  });

  it('has a venue without a clock of its own delayed on the clock that it is given', () => {
    const { clock } = new HandVenue();
    const venue = Object.defineProperty(new HandVenue(), 'clock', { value: undefined });
    const adapter = faulty(venue, { clock, script: { rules: [{ on: 'order', do: 'delay', ms: 5 }] } });
    const told = vi.fn();
    adapter.on('order', told);
    venue.emit('order', accepted());
    expect(told).not.toHaveBeenCalled();
    clock.advance(clock.now() + 5);
    expect(told).toHaveBeenCalledOnce();
  });
});

describe('a call', () => {
  it('is never heard when its request is lost, and nobody knows what became of it', () => {
    const { venue, adapter } = bench([{ on: 'submit', nth: 2, do: 'lose-request' }]);
    void adapter.submit(order('a-e'));
    expect(adapter.submit(order('b-e'))).toEqual(unknown);
    void adapter.submit(order('c-e'));
    expect(venue.heard).toEqual(['submit a-e', 'submit c-e']);
  });

  it('is done when its answer is lost, and nobody knows it either', () => {
    const { venue, adapter } = bench([{ on: 'cancel', do: 'lose-answer' }]);
    expect(adapter.cancel({ id: 'a-e', symbol: 'EURUSD' })).toEqual(unknown);
    expect(venue.heard).toEqual(['cancel a-e']);
  });

  it('fails like a socket, or stays silent, or is told as unknown late, when the script says so', async () => {
    const { adapter, pass } = bench([
      { on: 'submit', nth: 1, do: 'lose-answer', as: 'error' },
      { on: 'submit', nth: 2, do: 'lose-answer', as: 'silence' },
      { on: 'submit', nth: 3, do: 'lose-request', ms: 5_000 },
    ]);
    const [error, silent, late] = ['a', 'b', 'c'].map((id) => fateOf(adapter.submit(order(id))));
    await pass(4_999);
    expect(error?.error).toBeInstanceOf(Error);
    expect(late).toEqual({});
    await pass(1);
    expect(late?.value).toEqual(unknown);
    await pass(1e9);
    expect(silent).toEqual({});
  });

  it('has no outcome unknown where the port has none: its promise is rejected', async () => {
    const { venue, adapter, pass } = bench([
      { on: 'snapshot', do: 'lose-request' },
      { on: 'connect', do: 'lose-answer' },
    ]);
    const snapshot = fateOf(adapter.snapshot());
    const connect = fateOf(adapter.connect(new AbortController().signal));
    await pass(0);
    expect(snapshot.error).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(connect.error).toMatchObject({ code: 'PREFLIGHT_FAILED' });
    expect(venue.heard).toEqual(['connect']);
  });

  it('arrives late when its request is delayed', async () => {
    const { venue, adapter, pass } = bench([{ on: 'submit', do: 'delay-request', ms: 300 }]);
    const fate = fateOf(adapter.submit(order('a-e')));
    await pass(299);
    expect(venue.heard).toEqual([]);
    await pass(1);
    expect(venue.heard).toEqual(['submit a-e']);
    expect(fate.value).toEqual({ outcome: 'accepted', venueId: 'v1' });
  });

  it('is done at once and answered late when its answer is delayed', async () => {
    const { venue, adapter, pass } = bench([{ on: 'submit', do: 'delay-answer', ms: 300 }]);
    const fate = fateOf(adapter.submit(order('a-e')));
    expect(venue.heard).toEqual(['submit a-e']);
    await pass(299);
    expect(fate).toEqual({});
    await pass(1);
    expect(fate.value).toEqual({ outcome: 'accepted', venueId: 'v1' });
  });

  it('is heard twice when duplicated, and answered with what the venue said first', () => {
    const { venue, adapter } = bench([{ on: 'submit', do: 'duplicate' }]);
    const answers: CommandOutcome[] = [
      { outcome: 'accepted' },
      { outcome: 'rejected', code: 'DUPLICATE_ID' },
    ];
    venue.answer = () => answers.shift() as CommandOutcome;
    expect(adapter.submit(order('a-e'))).toEqual({ outcome: 'accepted' });
    expect(venue.heard).toEqual(['submit a-e', 'submit a-e']);
  });

  it('is refused or throws before anything is sent', () => {
    const { venue, adapter } = bench([
      { on: 'amend', do: 'refuse' },
      { on: 'submit', do: 'throw' },
    ]);
    const ref = { id: 'a-es', symbol: 'EURUSD' };
    expect(adapter.amend(order('a-es', 'protect'), ref)).toMatchObject({
      outcome: 'rejected',
      code: 'NOT_SENT',
    });
    expect(() => adapter.submit(order('a-e'))).toThrow('submit failed before it was sent');
    expect(venue.heard).toEqual([]);
  });

  it('gives a snapshot that holds nothing and says so', () => {
    const { adapter } = bench([{ on: 'snapshot', nth: 1, do: 'incomplete' }]);
    expect(adapter.snapshot()).toMatchObject({ complete: false, orders: [], positions: [] });
    expect(adapter.snapshot()).toMatchObject({ complete: true, positions: [{ quantity: 1 }] });
  });

  it.each<[string, Partial<FaultRule>]>([
    ['purpose', { purpose: 'protect' }],
    ['symbol', { symbol: 'GBPUSD' }],
    ['id', { id: 'b-es' }],
    ['end of its id', { id: '*-es' }],
  ])('is picked by its %s', (_, only) => {
    const { venue, adapter } = bench([{ on: 'submit', do: 'refuse', ...only }]);
    void adapter.submit(order('a-e'));
    void adapter.submit(order('b-es', 'protect', 'GBPUSD'));
    expect(venue.heard).toEqual(['submit a-e']);
  });
});

describe('an event', () => {
  it('is dropped, told late, or told twice', async () => {
    const { venue, orders, pass } = bench([
      { on: 'order:fill', nth: 1, do: 'drop' },
      { on: 'order:fill', nth: 2, do: 'delay', ms: 50 },
      { on: 'order:fill', nth: 3, do: 'duplicate' },
    ]);
    for (const trade of ['t1', 't2', 't3']) venue.emit('order', fill(trade));
    expect(orders).toEqual([fill('t3'), fill('t3')]);
    await pass(50);
    expect(orders).toEqual([fill('t3'), fill('t3'), fill('t2')]);
  });

  it('is overtaken by the next of its kind, or goes on its way when none comes', async () => {
    const { venue, orders, pass } = bench([{ on: 'order:accepted', do: 'reorder', ms: 200 }]);
    venue.emit('order', accepted());
    venue.emit('heartbeat');
    expect(orders).toEqual([]);
    venue.emit('order', fill('t1'));
    expect(orders).toEqual([fill('t1'), accepted()]);
    venue.emit('order', accepted('b-e'));
    await pass(200);
    expect(orders.at(-1)).toEqual(accepted('b-e'));
    await pass(1_000);
    expect(orders).toHaveLength(3);
  });

  it('is told as it was, though the venue used its object again', async () => {
    const { venue, adapter, pass } = bench([{ on: 'tick', do: 'delay', ms: 10 }]);
    const bids: number[] = [];
    adapter.on('tick', ({ bid }) => bids.push(bid));
    const tick = { symbol: 'EURUSD', time: 1, bid: 1.1, ask: 1.2, volume: 0 };
    venue.emit('tick', tick);
    tick.bid = 9;
    await pass(10);
    expect(bids).toEqual([1.1]);
  });

  it('of every type of order is meant by "order"', () => {
    const { venue, orders } = bench([{ on: 'order', nth: [1, 3], do: 'drop' }]);
    venue.emit('order', accepted());
    venue.emit('order', fill('t1'));
    venue.emit('order', fill('t2'));
    expect(orders).toEqual([fill('t1')]);
  });
});

describe('a line that is cut', () => {
  it('tells so, loses what is asked and told, and says at the restore that data was lost', () => {
    const { venue, adapter, orders, states } = bench();
    adapter.cut();
    expect(adapter.line).toBe('cut');
    expect(adapter.submit(order('a-e'))).toEqual(unknown);
    expect(adapter.query({ id: 'a-e', symbol: 'EURUSD' })).toEqual(unknown);
    venue.emit('order', fill('t1'));
    adapter.restore();
    expect(adapter.submit(order('b-e'))).toMatchObject({ outcome: 'accepted' });
    expect(venue.heard).toEqual(['submit b-e']);
    expect(orders).toEqual([]);
    expect(states.map(({ state, dataLost }) => [state, dataLost])).toEqual([
      ['down', false],
      ['up', true],
    ]);
  });

  it('says that nothing was lost when nothing was', () => {
    const { venue, adapter, states } = bench();
    adapter.cut();
    venue.emit('heartbeat');
    adapter.restore();
    expect(states.at(-1)).toMatchObject({ state: 'up', dataLost: false });
  });

  it('keeps events for the restore when told to', () => {
    const { venue, adapter, orders, states } = bench();
    adapter.cut({ events: 'kept' });
    venue.emit('order', accepted());
    venue.emit('order', fill('t1'));
    expect(orders).toEqual([]);
    adapter.restore();
    expect(orders).toEqual([accepted(), fill('t1')]);
    expect(states.at(-1)).toMatchObject({ dataLost: false });
  });

  it('rejects what surely never left, or stays silent, when told to', async () => {
    const { venue, adapter, pass } = bench();
    adapter.cut({ calls: 'refused' });
    expect(adapter.submit(order('a-e'))).toMatchObject({ outcome: 'rejected', code: 'NOT_CONNECTED' });
    expect(adapter.query({ id: 'a-e', symbol: 'EURUSD' })).toEqual(unknown);
    adapter.restore();
    adapter.cut({ calls: 'silence' });
    const fate = fateOf(adapter.submit(order('b-e')));
    await pass(1e9);
    expect(fate).toEqual({});
    expect(venue.heard).toEqual([]);
  });

  it('loses what was on its way', async () => {
    const { venue, adapter, pass } = bench([
      { on: 'submit', do: 'delay-request', ms: 100 },
      { on: 'cancel', do: 'delay-answer', ms: 100 },
    ]);
    const submit = fateOf(adapter.submit(order('a-e')));
    const cancel = fateOf(adapter.cancel({ id: 'b-e', symbol: 'EURUSD' }));
    adapter.cut();
    adapter.restore();
    await pass(100);
    expect(submit.value).toEqual(unknown);
    expect(cancel.value).toEqual(unknown);
    expect(venue.heard).toEqual(['cancel b-e']);
  });

  it('breaks at a call by the script, before or after the venue did it, and mends itself', async () => {
    for (const when of ['before', 'after'] as const) {
      const { venue, adapter, states, pass } = bench([
        { on: 'submit', nth: 1, do: 'cut', when, ms: 500, line: { dataLost: true } },
      ]);
      expect(adapter.submit(order('a-e'))).toEqual(unknown);
      expect(venue.heard).toEqual(when === 'after' ? ['submit a-e'] : []);
      expect(adapter.line).toBe('cut');
      await pass(500);
      expect(adapter.line).toBe('up');
      expect(states.at(-1)).toMatchObject({ state: 'up', dataLost: true });
    }
  });

  it('does not say that it is down when it is half open', () => {
    const { adapter, states } = bench();
    adapter.cut({ silent: true });
    expect(states).toEqual([]);
    adapter.restore({ dataLost: true });
    expect(states).toMatchObject([{ state: 'up', dataLost: true }]);
  });
});

describe('a line that is severed', () => {
  it('lets nothing pass in either direction, for ever', async () => {
    const { venue, adapter, orders, states, pass } = bench([
      { on: 'submit', nth: 1, do: 'delay-request', ms: 10 },
    ]);
    void adapter.submit(order('a-e'));
    const timer = vi.fn();
    adapter.clock.arm('t', venue.clock.now() + 5, timer);
    adapter.sever();
    expect(venue.eventNames()).toEqual([]);
    const fates = [
      void adapter.submit(order('b-e')),
      adapter.snapshot(),
      adapter.query({ id: 'a-e', symbol: 'EURUSD' }),
      void adapter.close(),
    ].map(fateOf);
    venue.emit('order', fill('t1'));
    adapter.restore();
    await pass(1e9);
    expect(fates).toEqual([{}, {}, {}, {}]);
    expect(venue.heard).toEqual([]);
    expect(orders).toEqual([]);
    expect(states).toEqual([]);
    expect(timer).not.toHaveBeenCalled();
    expect(venue.closed).toBe(false);
  });

  it('keeps nobody waiting for a late call that it died in', async () => {
    const { venue, adapter, pass } = bench([
      { on: 'submit', do: 'delay-request', ms: 10 },
      { on: 'order:accepted', do: 'sever' },
    ]);
    venue.answer = () => {
      venue.emit('order', accepted());
      return { outcome: 'accepted' };
    };
    const fate = fateOf(adapter.submit(order('a-e')));
    await pass(1e9);
    expect(venue.heard).toEqual(['submit a-e']);
    expect(fate).toEqual({});
  });

  it('dies at a named call, after the venue did it', async () => {
    const { venue, adapter, pass } = bench([{ on: 'submit', nth: 2, do: 'sever', when: 'after' }]);
    void adapter.submit(order('a-e'));
    const fate = fateOf(adapter.submit(order('b-e')));
    await pass(1e9);
    expect(venue.heard).toEqual(['submit a-e', 'submit b-e']);
    expect(fate).toEqual({});
    expect(adapter.line).toBe('severed');
  });
});

describe('a script', () => {
  const storm = (rules: readonly FaultRule[], seed: number) => {
    const { venue, adapter, orders } = bench(rules, { script: { seed, rules } });
    for (let i = 0; i < 200; i++) {
      void adapter.submit(order(`${i}-e`, i % 3 === 0 ? 'protect' : 'enter'));
      venue.emit('order', fill(`t${i}`));
    }
    return { faults: adapter.faults, heard: venue.heard, orders };
  };
  const rules: readonly FaultRule[] = [
    { on: 'submit', purpose: 'enter', rate: 0.1, do: 'lose-request' },
    { on: 'submit', rate: 0.1, do: 'lose-answer', ms: [10, 99] },
    { on: 'order:fill', rate: 0.2, do: 'drop', most: 7 },
    { on: 'order:fill', rate: 0.1, do: 'duplicate' },
  ];

  it('does the same with the same seed, and something else with another', () => {
    const first = storm(rules, 1);
    expect(first.faults.length).toBeGreaterThan(30);
    expect(storm(rules, 1)).toEqual(first);
    expect(storm(rules, 2).faults).not.toEqual(first.faults);
  });

  it('fires about as often as its rates say, and at most as often as it may', () => {
    const { faults } = storm(rules, 3);
    const count = (kind: string) => faults.filter((fault) => fault.do === kind).length;
    expect(count('drop')).toBe(7);
    // 133 entries at a tenth: 13 expected, standard deviation 3.5.
    expect(count('lose-request')).toBeGreaterThan(3);
    expect(count('lose-request')).toBeLessThan(26);
  });

  it('lets the first rule win where several fire, and gives each a chance of its own', () => {
    const { adapter } = bench([
      { on: 'submit', do: 'refuse' },
      { on: 'submit', do: 'lose-answer' },
    ]);
    expect(adapter.submit(order('a-e'))).toMatchObject({ outcome: 'rejected' });
    const both = storm(
      [
        { on: 'submit', rate: 0.5, do: 'lose-answer' },
        { on: 'submit', rate: 0.5, do: 'lose-request' },
      ],
      1,
    );
    // Of 200, a quarter is spared by the first and hit by the second; with one chance for both it would be none.
    expect(both.faults.filter((fault) => fault.do === 'lose-request').length).toBeGreaterThan(20);
  });

  it('is not changed for one rule when another is taken away', () => {
    const [, answers, , twice] = rules as [FaultRule, FaultRule, FaultRule, FaultRule];
    const of = (kind: string, faults: ReturnType<typeof storm>['faults']) =>
      faults.filter((fault) => fault.do === kind).map(({ nth }) => nth);
    const quiet = { ...answers, rate: 0 };
    expect(of('duplicate', storm([quiet, twice], 4).faults)).toEqual(
      of('duplicate', storm([answers, twice], 4).faults),
    );
  });

  it('can be written out without chance from what happened, and does the same again', () => {
    const first = storm(rules, 9);
    const again = storm(scriptOf(first.faults).rules ?? [], 77);
    expect(again.heard).toEqual(first.heard);
    expect(again.orders).toEqual(first.orders);
    expect(again.faults.map(({ on, nth, ms }) => [on, nth, ms])).toEqual(
      first.faults.map(({ on, nth, ms }) => [on, nth, ms]),
    );
  });

  it('survives being written as JSON', () => {
    const { faults } = storm(rules, 1);
    const script = JSON.parse(JSON.stringify(scriptOf(faults)));
    expect(storm(script.rules, 1).faults.length).toBe(faults.length);
  });

  it('is replaced while the line is in use', () => {
    const { adapter } = bench([{ on: 'submit', do: 'refuse' }]);
    expect(adapter.submit(order('a-e'))).toMatchObject({ outcome: 'rejected' });
    adapter.use({});
    expect(adapter.submit(order('b-e'))).toMatchObject({ outcome: 'accepted' });
    expect(adapter.faults).toHaveLength(1);
  });

  it.each<[FaultRule, string]>([
    [{ on: 'sumbit' as 'submit', do: 'lose-request' }, 'rule 1'],
    [{ on: 'tick', do: 'lose-answer' }, 'cannot happen to tick'],
    [{ on: 'submit', do: 'drop' }, 'cannot happen to submit'],
    [{ on: 'submit', do: 'incomplete' }, 'only a snapshot'],
    [{ on: 'query', do: 'refuse' }, 'no rejection'],
    [{ on: 'submit', do: 'throw', nth: 0 }, 'counted from 1'],
    [{ on: 'submit', do: 'throw', rate: 1.5 }, 'from 0 to 1'],
    [{ on: 'submit', do: 'throw', rate: 0.5, nth: 2 }, 'one of them'],
    [{ on: 'tick', do: 'delay', ms: -1 }, 'from 0 up'],
    [{ on: 'cancel', do: 'throw', purpose: 'enter' }, 'does not tell it'],
    [{ on: 'snapshot', do: 'lose-answer', as: 'unknown' }, 'no outcome unknown'],
    [{ on: 'tick', do: 'cut', when: 'after' }, 'only for cut and sever'],
    [{ on: 'tick', do: 'drop', line: {} }, 'only for cut'],
    [{ on: 'tick', do: 'drop', most: 0 }, 'no count'],
  ])('that could never fire is refused: %j', (rule, said) => {
    expect(() => bench([rule])).toThrow(said);
  });
});
