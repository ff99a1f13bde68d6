import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commanded, ended } from '../test-support/events.js';
import { filled } from '../test-support/fill.js';
import { bookWith, draftOf, OWNER, signalWith } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { type HumanGateState, humanGate } from './human-gate.js';

type Run = PolicyRun<HumanGateState>;

const entry = (id: string, remaining = 0, owner = OWNER) =>
  filled({ id, remaining, owner, purpose: 'enter', side: 'buy' });
const after = (run: Run, trades: number, owner = OWNER): Run =>
  Array.from({ length: trades }, (_, i) => i).reduce((r, i) => r.tell(entry(`${owner}${i}`, 0, owner)), run);
const reset = (over: object = {}) =>
  commanded({ do: 'tell', policy: 'humanGate', say: 'reset', by: 'ann', ...over });

describe('humanGate', () => {
  it('holds the first ten trades for a quarter of an hour each, unless told otherwise', () => {
    const start = follow(humanGate());
    expect(start.judge()).toEqual({ code: 'FIRST_TRADES', limit: 10, actual: 0, hold: 900_000 });
    expect(after(start, 9).judge()).toEqual({ code: 'FIRST_TRADES', limit: 10, actual: 9, hold: 900_000 });
    expect(after(start, 10).judge()).toBeUndefined();
    const other = follow(humanGate({ trades: 2, hold: 60_000 }));
    expect(after(other, 1).judge()).toEqual({ code: 'FIRST_TRADES', limit: 2, actual: 1, hold: 60_000 });
    expect(after(other, 2).judge()).toBeUndefined();
  });

  it('counts each strategy by itself', () => {
    const run = after(follow(humanGate({ trades: 2 })), 2);
    expect(said(run.judge())).toBe('approve');
    expect(said(run.judge({ source: 'other:EURUSD' }))).toBe('hold FIRST_TRADES');
  });

  it('asks again of what was approved, which answers the hold', () => {
    const approval = { of: 's', by: 'ann', until: 0 };
    expect(said(follow(humanGate()).judge({ origin: 'person', approval }))).toBe('hold FIRST_TRADES');
  });

  it('holds what another program proposes, as it holds a strategy', () => {
    expect(said(follow(humanGate()).judge({ origin: 'program', source: 'webhook' }))).toBe(
      'hold FIRST_TRADES',
    );
  });

  it("lets a person's own signal pass", () => {
    expect(follow(humanGate()).judge({ origin: 'person', source: 'tom' })).toBeUndefined();
  });

  it('counts an entry that fills in parts once', () => {
    const start = follow(humanGate({ trades: 2 }));
    const half = start.tell(entry('a', 0.5)).tell(entry('a', 0.2));
    expect(half.judge()).toMatchObject({ actual: 1 });
    const whole = half.tell(entry('a', 0));
    expect(whole.judge()).toMatchObject({ actual: 1 });
    expect(said(whole.tell(entry('b')).judge())).toBe('approve');
    const cut = half.tell(ended({ id: 'a' }, 0.8));
    expect(cut.state.owners).toEqual([{ owner: OWNER, entered: 1, partial: [] }]);
  });

  it('counts the last trade once too when its parts come in after the gate has opened', () => {
    const run = follow(humanGate({ trades: 1 }))
      .tell(entry('a', 0.5))
      .tell(entry('a', 0));
    expect(run.state.owners).toEqual([{ owner: OWNER, entered: 1, partial: [] }]);
  });

  it('counts neither exits nor entries that never filled', () => {
    const start = follow(humanGate());
    for (const purpose of ['reduce', 'protect', 'flatten'] as const)
      expect(start.tell(filled({ purpose })).state).toEqual({ owners: [] });
    expect(start.tell(ended({ id: 'a' }, 0)).state).toEqual({ owners: [] });
  });

  it('stops counting when the gate is open', () => {
    const run = after(follow(humanGate({ trades: 3 })), 8);
    expect(run.state.owners).toEqual([{ owner: OWNER, entered: 3, partial: [] }]);
  });

  it('begins again for one strategy or all when a person says so', () => {
    const run = after(after(follow(humanGate({ trades: 1 })), 1), 1, 'other');
    const one = run.tell(reset({ data: { owner: OWNER } }));
    expect([one.judge(), one.judge({ source: 'other' })].map(said)).toEqual(['hold FIRST_TRADES', 'approve']);
    const all = run.tell(reset());
    expect([all.judge(), all.judge({ source: 'other' })].map(said)).toEqual([
      'hold FIRST_TRADES',
      'hold FIRST_TRADES',
    ]);
  });

  it('hears no other words, and does not change for nothing', () => {
    const { memory } = humanGate({ trades: 1 });
    const { state } = after(follow(humanGate({ trades: 1 })), 1);
    const events = [
      reset({ say: 'resume' }),
      reset({ policy: 'killSwitch' }),
      reset({ data: { owner: 'nobody' } }),
      commanded({ do: 'pause', by: 'ann' }),
      entry('z'),
      ended({ id: 'z' }, 1),
      { type: 'start' },
    ] as const;
    for (const event of events) expect(memory?.next(state, event, undefined as never)).toBe(state);
    expect(memory?.next(memory.initial, reset(), undefined as never)).toBe(memory?.initial);
  });

  it('is bounded: what it cannot count stays held', () => {
    const policy = humanGate({ trades: 1 });
    let state = policy.memory?.initial as HumanGateState;
    for (let i = 0; i <= 1_000; i++)
      state = policy.memory?.next(state, entry('a', 0, `o${i}`), bookWith()) as HumanGateState;
    expect(state.owners).toHaveLength(1_000);
    const judged = (source: string) => {
      const signal = signalWith({ source });
      return said(policy.judge(draftOf(signal), signal, bookWith(), state));
    };
    expect([judged('o999'), judged('o1000')]).toEqual(['approve', 'hold FIRST_TRADES']);
    let many = follow(humanGate({ trades: 500 }));
    for (let i = 0; i < 150; i++) many = many.tell(entry(`e${i}`, 0.5));
    expect(many.state.owners[0]).toMatchObject({ entered: 150 });
    expect(many.state.owners[0]?.partial).toHaveLength(100);
  });

  it('opens for a strategy after exactly so many different entries, however they fill', () => {
    const fill = fc.record({
      order: fc.integer({ min: 0, max: 12 }),
      owner: fc.constantFrom('a', 'b'),
      purpose: fc.constantFrom('enter' as const, 'enter' as const, 'protect' as const),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fill, { maxLength: 40 }), (trades, fills) => {
        let run = follow(humanGate({ trades }));
        const seen = new Set<string>();
        for (const { order, owner, purpose } of fills) {
          const id = `${owner}${order}`;
          run = run.tell(filled({ id, owner, purpose, remaining: 0.1 }));
          if (purpose === 'enter') seen.add(id);
          for (const source of ['a', 'b']) {
            const entered = [...seen].filter((s) => s.startsWith(source)).length;
            expect(said(run.judge({ source }))).toBe(entered >= trades ? 'approve' : 'hold FIRST_TRADES');
          }
        }
      }),
    );
  });

  it.each([{ trades: 0 }, { trades: 1.5 }, { hold: 0 }, { hold: 86_400_001 }, { first: 3 }])(
    'refuses the settings %o',
    (settings) => {
      expect(() => humanGate(settings as never)).toThrowError(
        expect.objectContaining({ code: 'BAD_CONFIG' }),
      );
    },
  );
});
