import type { Command, RiskEvent } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { commanded, sent } from '../test-support/events.js';
import { bookWith, OWNER, type Present } from '../test-support/market.js';
import { executedSignal } from '../test-support/outcomes.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { type KillSwitchState, killSwitch } from './kill-switch.js';

type Run = PolicyRun<KillSwitchState>;

const policy = killSwitch();
const kill = (over: object = {}): RiskEvent =>
  commanded({ do: 'kill', by: 'ann', reason: 'looks wrong', ...over });
const halt = (over: object = {}): RiskEvent => commanded({ do: 'halt', by: 'ann', ...over });
const release = (over: object = {}): RiskEvent =>
  commanded({ do: 'release', by: 'ben', reason: 'checked', ...over });

const long: Present = { positions: [{ symbol: 'EURUSD', quantity: 1 }] };
const waiting: Present = {
  entries: [{ symbol: 'EURUSD', owner: OWNER, quantity: 1, stop: undefined }],
};

/** What it wants done at a start with what it remembers. */
const atStart = (run: Run): readonly Command[] =>
  policy.memory?.commands?.(undefined, run.tell({ type: 'start' }).state, bookWith()) ?? [];

describe('killSwitch', () => {
  it('lets entries pass while nothing is latched', () => {
    expect(said(follow(policy).judge())).toBe('approve');
  });

  it('refuses entries after a kill, and says who gave it and why', () => {
    expect(follow(policy).tell(kill()).judge()).toEqual({
      code: 'KILL_SWITCH',
      limit: 'released by a person',
      actual: 'ann: looks wrong',
    });
    expect(follow(policy).tell(halt()).judge()).toMatchObject({ actual: 'ann' });
  });

  it('remembers who, why, when and what was to be done', () => {
    const run = follow(policy).tell(kill({ symbol: 'EURUSD', cancel: false }), { now: 7, ...long });
    expect(run.state.latched).toEqual([
      {
        symbol: 'EURUSD',
        by: 'ann',
        reason: 'looks wrong',
        at: 7,
        trigger: 'command',
        cancel: false,
        flatten: true,
        finished: false,
      },
    ]);
  });

  it.each([
    [{}, ['EURUSD a', 'EURUSD b', 'USDJPY a', 'USDJPY b']],
    [{ symbol: 'EURUSD' }, ['EURUSD a', 'EURUSD b']],
    [{ owner: 'a' }, ['EURUSD a', 'USDJPY a']],
    [{ symbol: 'EURUSD', owner: 'a' }, ['EURUSD a']],
  ])('stops in the scope %j only this: %j', (scope, stopped) => {
    const run = follow(policy).tell(kill(scope));
    const refused = ['EURUSD a', 'EURUSD b', 'USDJPY a', 'USDJPY b'].filter((pair) => {
      const [symbol = '', source = ''] = pair.split(' ');
      return said(run.judge({ symbol, source })) === 'refuse KILL_SWITCH';
    });
    expect(refused).toEqual(stopped);
  });

  it('follows quality control and other policies, too', () => {
    expect(
      said(
        follow(policy)
          .tell(kill({ by: 'quality' }))
          .judge(),
      ),
    ).toBe('refuse KILL_SWITCH');
    expect(
      said(
        follow(policy)
          .tell(kill({ by: 'policy:maxDrawdown' }))
          .judge(),
      ),
    ).toBe('refuse KILL_SWITCH');
  });

  it('leaves the halts of policies to them, for they end them themselves', () => {
    const run = follow(policy);
    const event = halt({ by: 'policy:news' });
    expect(policy.memory?.next(run.state, event, bookWith())).toBe(run.state);
  });

  it('is ended by the release of a person, and not by that of a policy', () => {
    const run = follow(policy).tell(kill());
    expect(said(run.tell(release({ by: 'policy:killSwitch' })).judge())).toBe('refuse KILL_SWITCH');
    expect(said(run.tell(release()).judge())).toBe('approve');
  });

  it.each([
    [{}, { symbol: 'EURUSD' }],
    [{}, { owner: OWNER }],
    [{ symbol: 'EURUSD' }, {}],
    [{ symbol: 'EURUSD' }, { symbol: 'USDJPY' }],
    [{ symbol: 'EURUSD' }, { symbol: 'EURUSD', owner: OWNER }],
    [{ owner: OWNER }, { owner: 'other' }],
  ])('latched for %j is not ended by a release for %j', (scope, other) => {
    const run = follow(policy).tell(kill(scope));
    expect(policy.memory?.next(run.state, release(other), bookWith())).toBe(run.state);
  });

  it('stays latched when core does not release, because orders are still on their way', () => {
    const { state } = follow(policy).tell(kill());
    const part = follow(policy).tell(kill({ symbol: 'EURUSD' })).state;
    const halted = { ...bookWith(), halted: 'killed by ann' };
    expect(policy.memory?.next(state, release(), halted)).toBe(state);
    // A part is released under a halt of everything.
    expect(policy.memory?.next(part, release({ symbol: 'EURUSD' }), halted).latched).toEqual([]);
  });

  it('keeps a part latched that was latched for itself when everything is released', () => {
    const run = follow(policy)
      .tell(kill({ symbol: 'EURUSD', reason: 'first' }))
      .tell(kill());
    expect(run.judge()).toMatchObject({ actual: 'ann: looks wrong' });
    const part = run.tell(release());
    expect(part.judge()).toMatchObject({ actual: 'ann: first' });
    expect(said(part.judge({ symbol: 'USDJPY' }))).toBe('approve');
  });

  it('keeps the first word for a scope, unless a later one does more', () => {
    const run = follow(policy).tell(kill({ flatten: false }));
    expect(policy.memory?.next(run.state, halt({ by: 'ben' }), bookWith())).toBe(run.state);
    const more = run.tell(kill({ cancel: false, by: 'ben', reason: 'out!' }), { now: 9 });
    expect(more.state.latched).toMatchObject([
      { by: 'ben', reason: 'out!', at: 9, cancel: true, flatten: true },
    ]);
    const other = follow(policy)
      .tell(kill({ cancel: false }))
      .tell(kill({ flatten: false }));
    expect(other.state.latched).toMatchObject([{ cancel: true, flatten: true }]);
  });

  it.each([
    commanded({ do: 'pause', by: 'ann' }),
    commanded({ do: 'resume', by: 'ann' }),
    commanded({ do: 'flatten', by: 'ann' }),
    commanded({ do: 'tell', policy: 'killSwitch', say: 'release', by: 'ann' }),
    { type: 'mark' } as const,
    sent(),
    executedSignal(),
  ])('does not change at %j', (event) => {
    const latched = follow(policy).tell(kill()).state;
    expect(policy.memory?.next(latched, event, bookWith())).toBe(latched);
    expect(policy.memory?.next(follow(policy).state, event, bookWith())).toBe(policy.memory?.initial);
  });

  it('latches everything when more than a hundred scopes are latched', () => {
    let run = follow(policy);
    for (let i = 0; i < 100; i++) run = run.tell(halt({ symbol: `S${i}` }));
    expect(said(run.judge())).toBe('approve');
    const full = run.tell(kill({ symbol: 'S100' }));
    expect(full.judge()).toMatchObject({ actual: 'ann: more than 100 scopes: looks wrong' });
    expect(full.tell(kill({ symbol: 'S101' })).state.latched).toHaveLength(101);
    // Everything can always be latched, and the latches there change on.
    expect(run.tell(kill()).judge()).toMatchObject({ actual: 'ann: looks wrong' });
    expect(run.tell(kill({ symbol: 'S0' })).state.latched).toHaveLength(100);
  });
});

describe('killSwitch at a restart', () => {
  it('asks for nothing while nothing is latched', () => {
    expect(atStart(follow(policy))).toEqual([]);
  });

  it('halts again what was latched, in its scope', () => {
    expect(
      atStart(
        follow(policy)
          .tell(kill({ symbol: 'EURUSD', owner: 'a' }))
          .tell(halt()),
      ),
    ).toEqual([
      {
        do: 'halt',
        symbol: 'EURUSD',
        owner: 'a',
        by: 'policy:killSwitch',
        reason: 'still latched by ann: looks wrong',
      },
      { do: 'halt', by: 'policy:killSwitch', reason: 'still latched by ann' },
    ]);
  });

  it('goes on with a kill that was interrupted while positions or entries were open', () => {
    const again = { by: 'policy:killSwitch', reason: 'still latched by ann: looks wrong' };
    const killed = (over: object, present: Present) => {
      const { state } = follow(policy).tell(kill(over), present).tell({ type: 'start' }, present);
      return policy.memory?.commands?.(undefined, state, bookWith(present));
    };
    expect(killed({ revoke: true }, long)).toEqual([{ do: 'kill', ...again, cancel: true, flatten: true }]);
    expect(killed({}, waiting)).toEqual([{ do: 'kill', ...again, cancel: true, flatten: true }]);
    expect(killed({ flatten: false }, waiting)).toEqual([
      { do: 'kill', ...again, cancel: true, flatten: false },
    ]);
    // What was to stay is not touched.
    expect(killed({ flatten: false }, long)).toEqual([{ do: 'halt', ...again }]);
    expect(killed({ flatten: false, cancel: false }, waiting)).toEqual([{ do: 'halt', ...again }]);
    expect(killed({ symbol: 'USDJPY' }, long)).toEqual([{ do: 'halt', symbol: 'USDJPY', ...again }]);
  });

  it('does not close again what was opened after the kill was done', () => {
    const done = follow(policy).tell(kill(), long).tell(executedSignal(), {});
    expect(done.state.latched[0]?.finished).toBe(true);
    const later = done.tell({ type: 'start' }, long);
    expect(policy.memory?.commands?.(undefined, later.state, bookWith(long))).toMatchObject([{ do: 'halt' }]);
  });

  it('does a kill again that a person gives again', () => {
    const done = follow(policy).tell(kill());
    expect(done.tell(kill(), long).state.latched[0]?.finished).toBe(false);
  });

  it('gives a reason that a command can carry', () => {
    const [command] = atStart(follow(policy).tell(kill({ reason: 'x'.repeat(500) })));
    expect(commanded(command)).toMatchObject({ command: { by: 'policy:killSwitch' } });
  });

  it('does not take its own commands for news', () => {
    const { state } = follow(policy).tell(kill(), long);
    const [command] = policy.memory?.commands?.(undefined, state, bookWith(long)) ?? [];
    expect(policy.memory?.next(state, commanded(command), bookWith(long))).toBe(state);
    const halted = follow(policy).tell(kill());
    expect(policy.memory?.next(halted.state, commanded(atStart(halted)[0]), bookWith())).toBe(halted.state);
  });

  it('gives no commands for what others commanded, for they are obeyed already', () => {
    const before = follow(policy);
    expect(policy.memory?.commands?.(before.state, before.tell(kill()).state, bookWith())).toEqual([]);
  });

  it('tells people of every latch that is new, and of all at a start', () => {
    const alerts = policy.memory?.alerts;
    const one = follow(policy).tell(kill({ symbol: 'EURUSD', owner: 'a' }), { now: 1 });
    const two = one.tell(halt(), { now: 2 });
    const line = 'EURUSD of a is latched by ann: looks wrong';
    expect(alerts?.(follow(policy).state, one.state, bookWith())).toEqual([line]);
    expect(alerts?.(one.state, two.state, bookWith())).toEqual(['everything is latched by ann']);
    expect(alerts?.(undefined, two.state, bookWith())).toEqual([line, 'everything is latched by ann']);
    expect(alerts?.(two.state, two.tell(release()).state, bookWith())).toEqual([]);
    // A stronger word is news again: of the same person, or of another at the same moment.
    expect(alerts?.(two.state, two.tell(kill(), { now: 3 }).state, bookWith())).toHaveLength(1);
    expect(alerts?.(two.state, two.tell(kill({ by: 'ben' }), { now: 2 }).state, bookWith())).toHaveLength(1);
  });
});
