import type { RiskEvent, Signal } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commanded, sent, traded } from '../test-support/events.js';
import { filled } from '../test-support/fill.js';
import { bookWith, draftOf, MOMENT, OWNER, signalWith } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import type { LadderSettingsInput } from './ladder-settings.js';
import type { LadderState } from './ladder-state.js';
import { ladderStatus } from './ladder-status.js';
import { promotionLadder } from './promotion-ladder.js';

type Run = PolicyRun<LadderState>;

const DAY = 86_400_000;
const LIVE = { account: { live: true } };
const NAME = 'promotionLadder';
const slippage = { pips: 0.2 };
/** Little is asked, so that a test can say what it is about. */
const easy = { days: 0, trades: 0, winRate: 0, approvals: 0 };
const never = { ...easy, trades: 99 };

const start = (over: Partial<LadderSettingsInput> = {}): Run =>
  follow(promotionLadder({ slippage, ...over }));

/** A signal was decided on; in monitor, by this policy's refusal. */
const decided = (monitored = true, over: Partial<Signal> = {}): RiskEvent => ({
  type: 'decision',
  decision: {
    kind: 'decision',
    outcome: 'refused',
    signal: signalWith(over),
    time: MOMENT,
    verdicts: monitored ? [{ policy: NAME, outcome: 'refuse', code: 'MONITOR_ONLY' }] : [],
    refusal: { stage: 'assess', rule: NAME, code: 'MONITOR_ONLY', limit: 'paper', actual: 'monitor' },
  },
});
const approves = (by: string, data: object = { owner: OWNER }): RiskEvent =>
  commanded({ do: 'tell', policy: NAME, say: 'approve', data, by });
const times = (run: Run, n: number, event: RiskEvent, present = {}): Run =>
  Array.from({ length: n }).reduce<Run>((r) => r.tell(event, present), run);
const won = traded({ profit: 50 });
const lost = traded({ profit: -50 });
/** A buy so many pips above what it should have cost. */
const slipped = (pips: number, over: object = {}): RiskEvent => ({
  ...(filled({ side: 'buy', price: 1.1 + pips * 0.0001, purpose: 'enter', ...over }) as Extract<
    RiskEvent,
    { type: 'fill' }
  >),
  expected: 1.1,
});
const stageOf = (run: Run, owner = OWNER): string | undefined =>
  run.state.rungs.find((rung) => rung.owner === owner)?.stage;

describe('in monitor', () => {
  it('a strategy begins, and nothing of it is traded, on any account', () => {
    const refusal = { code: 'MONITOR_ONLY', limit: 'paper', actual: 'monitor' };
    expect(start().judge()).toEqual(refusal);
    expect(start().judge({}, LIVE)).toEqual(refusal);
  });

  it('what it would have traded is counted', () => {
    const run = times(start(), 7, decided());
    expect(run.state.rungs[0]).toMatchObject({ owner: OWNER, stage: 'monitor', signals: 7, since: MOMENT });
  });

  it('only entries that this policy stopped are counted, and those of strategies', () => {
    const run = start()
      .tell(decided())
      .tell(decided(false))
      .tell(decided(true, { origin: 'person', source: 'tom' }));
    expect(run.state.rungs).toHaveLength(1);
    expect(run.state.rungs[0]?.signals).toBe(1);
    expect(start().tell(decided(false, { intent: 'exit' })).state.rungs).toEqual([]);
  });

  it('a strategy is ready for paper after a day and ten signals', () => {
    const nine = times(start(), 9, decided());
    expect(stageOf(nine.tell(decided(), { now: MOMENT + DAY - 1 }))).toBe('monitor');
    const run = nine.tell(decided(), { now: MOMENT + DAY });
    expect(stageOf(run)).toBe('paper');
    expect(run.state.rungs[0]).toMatchObject({ signals: 0, since: MOMENT + DAY });
    expect(stageOf(nine.tell(decided(false), { now: MOMENT + 9 * DAY }))).toBe('monitor');
  });
});

describe('on paper', () => {
  const paper = { first: 'paper', smallest: { trades: 2, winRate: 0.5, approvals: 0 } } as const;

  it('a strategy trades without a cap on a paper account, and not at all on a live one', () => {
    const run = start({ first: 'paper' });
    expect(run.judge()).toBeUndefined();
    expect(run.judge({}, LIVE)).toEqual({
      code: 'PAPER_ONLY',
      limit: 'a paper account',
      actual: 'a live account',
    });
  });

  it('it must stay 48 hours, counted from its first signal', () => {
    const run = start(paper)
      .tell(decided(false))
      .tell(won, { now: MOMENT + DAY });
    expect(stageOf(run.tell(won, { now: MOMENT + 2 * DAY - 1 }))).toBe('paper');
    expect(stageOf(run.tell(won, { now: MOMENT + 2 * DAY }))).toBe('smallest');
  });

  it('the time may also pass after its last trade', () => {
    const run = times(start(paper).tell(decided(false)), 2, won);
    expect(stageOf(run.tell(decided(false), { now: MOMENT + 2 * DAY }))).toBe('smallest');
  });

  it('time, trades and fills of a live account do not count', () => {
    const live = times(start(paper).tell(decided(false), LIVE), 5, won, LIVE).tell(slipped(1), LIVE);
    expect(live.state.rungs).toEqual([]);
    const run = start(paper).tell(decided(false));
    const later = { now: MOMENT + 3 * DAY, ...LIVE };
    const moved = times(run, 3, won, later).tell(slipped(1), later);
    expect(moved.state).toEqual(run.state);
  });

  it('it is not promoted on a live account', () => {
    const run = times(start(paper).tell(decided(false)), 2, won);
    const later = { now: MOMENT + 3 * DAY };
    expect(stageOf(run.tell(decided(false), { ...later, ...LIVE }))).toBe('paper');
    expect(stageOf(run.tell(decided(false), later))).toBe('smallest');
  });

  it('its time begins on paper when it was promoted on a live account', () => {
    const run = start({ paper: { days: 0, signals: 1 } }).tell(decided(), LIVE);
    expect(run.state.rungs[0]).toMatchObject({ stage: 'paper', since: null });
    expect(run.tell(sent(), { now: MOMENT + DAY }).state.rungs[0]?.since).toBe(MOMENT + DAY);
  });

  it('it needs enough trades and wins', () => {
    const now = { now: MOMENT + 2 * DAY };
    const run = start(paper).tell(decided(false));
    expect(stageOf(run.tell(won, now))).toBe('paper');
    expect(stageOf(run.tell(won, now).tell(lost, now))).toBe('smallest');
    const poor = run.tell(lost, now).tell(lost, now).tell(won, now);
    expect(stageOf(poor)).toBe('paper');
    expect(stageOf(poor.tell(won, now))).toBe('smallest');
  });

  it('a trade without a profit is no win', () => {
    const run = start({ ...paper, smallest: { ...easy, trades: 1, winRate: 1 } }).tell(decided(false));
    expect(stageOf(run.tell(traded({ profit: 0 })))).toBe('paper');
    expect(stageOf(run.tell(traded({ profit: 0.01 })))).toBe('smallest');
  });

  it('it must not slip more than 1.5 times the model', () => {
    const settings = { first: 'paper', smallest: { ...easy, trades: 1 } } as const;
    const run = start(settings).tell(decided(false));
    expect(stageOf(run.tell(slipped(0.301)).tell(won))).toBe('paper');
    expect(stageOf(run.tell(slipped(0.3)).tell(won))).toBe('smallest');
    expect(stageOf(run.tell(slipped(0.31)).tell(slipped(0.1)).tell(won))).toBe('smallest');
    expect(stageOf(run.tell({ ...slipped(5), expected: undefined } as RiskEvent).tell(won))).toBe('smallest');
  });

  it('slippage can be modelled as a part of the spread', () => {
    const settings = { first: 'paper', smallest: { ...easy, trades: 1 }, slippage: { spreadFraction: 0.5 } };
    const run = follow(promotionLadder(settings as LadderSettingsInput)).tell(decided(false));
    // The spread is one pip, so 0.75 pips is the most.
    expect(stageOf(run.tell(slipped(0.76)).tell(won))).toBe('paper');
    expect(stageOf(run.tell(slipped(0.74)).tell(won))).toBe('smallest');
  });
});

describe('with the smallest quantity', () => {
  it("a strategy is capped at the instrument's minimum, also on a live account", () => {
    const run = start({ first: 'smallest' });
    expect(run.judge()).toEqual({ cap: 0.01 });
    expect(run.judge({}, LIVE)).toEqual({ cap: 0.01 });
    expect(run.judge({ symbol: 'XYZ' })).toEqual({
      code: 'UNKNOWN_SYMBOL',
      limit: 'an instrument of the venue',
      actual: 'XYZ',
    });
  });

  it('it trades in full when it has done what is asked', () => {
    const run = start({ first: 'smallest', full: { ...easy, trades: 3 } }).tell(decided(false));
    expect(stageOf(times(run, 2, won, LIVE))).toBe('smallest');
    const full = times(run, 3, won, LIVE);
    expect(stageOf(full)).toBe('full');
    expect(full.judge({}, LIVE)).toBeUndefined();
    expect(stageOf(times(full, 5, won))).toBe('full');
  });
});

describe('approvals', () => {
  const run = start({ first: 'smallest', full: { ...easy, approvals: 2 } }).tell(decided(false));

  it('of two different people let it trade in full', () => {
    expect(stageOf(run.tell(approves('ann')))).toBe('smallest');
    expect(stageOf(run.tell(approves('ann')).tell(approves('ann')))).toBe('smallest');
    expect(stageOf(run.tell(approves('ann')).tell(approves('bob')))).toBe('full');
  });

  it('are of people, for a strategy that was seen, for the next stage, in words that are known', () => {
    const one = run.tell(approves('ann'));
    const others = [
      approves('policy:killSwitch'),
      approves('bob', { owner: 'nobody' }),
      approves('bob', {}),
      approves('bob', { owner: OWNER, to: 'paper' }),
      approves('bob', { owner: OWNER, to: 'moon' }),
      commanded({ do: 'tell', policy: NAME, say: 'aprove', data: { owner: OWNER }, by: 'bob' }),
      commanded({ do: 'tell', policy: 'other', say: 'approve', data: { owner: OWNER }, by: 'bob' }),
      commanded({ do: 'tell', policy: NAME, say: 'approve', by: 'bob' }),
      commanded({ do: 'pause', by: 'bob' }),
    ];
    const { memory } = promotionLadder({ slippage, first: 'smallest', full: { ...easy, approvals: 2 } });
    for (const event of others) expect(memory?.next(one.state, event, bookWith())).toBe(one.state);
    expect(stageOf(one.tell(approves('bob', { owner: OWNER, to: 'full' })))).toBe('full');
  });

  it('alone are not enough', () => {
    const asked = start({ first: 'smallest', full: { ...easy, trades: 1, approvals: 1 } }).tell(
      decided(false),
    );
    const approved = asked.tell(approves('ann'));
    expect(stageOf(approved)).toBe('smallest');
    expect(stageOf(approved.tell(won))).toBe('full');
    expect(stageOf(asked.tell(won))).toBe('smallest');
  });

  it('are given anew for each stage, and by default one for live and two for full', () => {
    const free = { days: 0, trades: 0, winRate: 0 };
    const paper = start({ first: 'paper', smallest: free, full: free }).tell(decided(false));
    const smallest = paper.tell(approves('ann'));
    expect(stageOf(smallest)).toBe('smallest');
    expect(stageOf(smallest.tell(approves('bob')))).toBe('smallest');
    expect(stageOf(smallest.tell(approves('bob')).tell(approves('ann')))).toBe('full');
    expect(times(paper, 1, approves('ann', { owner: OWNER, to: 'full' })).state).toEqual(paper.state);
  });

  it('that are not asked for are not kept, and at the top there are none', () => {
    const none = start({ first: 'paper', smallest: never }).tell(decided(false));
    expect(none.tell(approves('ann')).state).toEqual(none.state);
    const top = start({ first: 'full' }).tell(decided(false));
    expect(top.tell(approves('ann')).state).toEqual(top.state);
  });
});

describe('demotion', () => {
  const demotion = { trades: 4, winRate: 0.5, slippageRatio: 2 };
  const full = start({ first: 'full', full: never, smallest: never, demotion }).tell(decided(false));

  it('comes with the trade that makes the last ones win too rarely', () => {
    const three = full.tell(won).tell(lost).tell(lost);
    expect(stageOf(three)).toBe('full');
    expect(stageOf(three.tell(won))).toBe('full');
    const down = three.tell(lost);
    expect(stageOf(down)).toBe('smallest');
    expect(down.state.rungs[0]).toMatchObject({
      trades: 0,
      recent: [],
      why: '0.25 of its last 4 trades won, fewer than 0.5',
    });
  });

  it('looks at the last trades only', () => {
    const run = times(times(times(full, 2, lost), 9, won), 2, lost);
    expect(stageOf(run)).toBe('full');
    expect(run.state.rungs[0]?.recent).toHaveLength(4);
    expect(stageOf(run.tell(lost))).toBe('smallest');
  });

  it('comes with the fill that makes the last ones slip too much', () => {
    const three = times(full, 3, slipped(0.5));
    expect(stageOf(three)).toBe('full');
    const down = three.tell(slipped(0.5));
    expect(stageOf(down)).toBe('smallest');
    expect(down.state.rungs[0]?.why).toBe(
      'its last 4 fills slipped 2.5 times as much as modelled, more than 2',
    );
    expect(stageOf(three.tell(slipped(0)))).toBe('full');
  });

  it('goes down step by step, to monitor at last', () => {
    let run = full;
    const seen = [];
    for (let i = 0; i < 5; i++) {
      run = times(run, 4, lost);
      seen.push(stageOf(run));
    }
    expect(seen).toEqual(['smallest', 'paper', 'monitor', 'monitor', 'monitor']);
  });

  it('takes the approvals with it', () => {
    const settings = { first: 'full', full: { ...easy, approvals: 2 }, demotion } as const;
    const down = times(start(settings).tell(decided(false)), 4, lost);
    expect(stageOf(down.tell(approves('ann')))).toBe('smallest');
    const up = down.tell(approves('ann')).tell(approves('bob'));
    expect(stageOf(up)).toBe('full');
    const again = times(up, 4, lost);
    expect(again.state.rungs[0]).toMatchObject({ stage: 'smallest', approvals: [] });
  });

  it('comes when a person says so, once at a time', () => {
    const say = commanded({ do: 'tell', policy: NAME, say: 'demote', data: { owner: OWNER }, by: 'ann' });
    const down = full.tell(say);
    expect(down.state.rungs[0]).toMatchObject({ stage: 'smallest', why: 'ann said so' });
    const bottom = times(down, 2, say);
    expect(stageOf(bottom)).toBe('monitor');
    expect(bottom.tell(say).state).toEqual(bottom.state);
  });

  it('by default looks at 20 trades, of which a quarter must win, and a slippage twice the model', () => {
    const top = start({ first: 'full' }).tell(decided(false));
    expect(stageOf(times(times(top, 5, won), 15, lost))).toBe('full');
    expect(stageOf(times(times(top, 4, won), 15, lost))).toBe('full');
    expect(stageOf(times(times(top, 4, won), 16, lost))).toBe('smallest');
    expect(stageOf(times(top, 20, slipped(0.4)))).toBe('full');
    expect(stageOf(times(top, 20, slipped(0.41)))).toBe('smallest');
  });
});

describe('strategies', () => {
  it('climb each by itself', () => {
    const other = { source: 'other', tags: undefined };
    const run = start({ first: 'smallest', full: { ...easy, trades: 1 } })
      .tell(decided(false))
      .tell(decided(false, other))
      .tell(traded({ owner: 'other', profit: 1 }));
    expect([stageOf(run), stageOf(run, 'other')]).toEqual(['smallest', 'full']);
    expect([run.judge(), run.judge(other)].map(said)).toEqual(['cap 0.01', 'approve']);
  });

  it('are not the people who trade by hand, but are those whose signals people approved', () => {
    const approval = { of: 's', by: 'ann', until: 0 };
    expect(start().judge({ origin: 'person', source: 'tom' })).toBeUndefined();
    expect(said(start().judge({ origin: 'person', approval }))).toBe('refuse MONITOR_ONLY');
    expect(
      start()
        .tell(traded({ owner: 'tom' }))
        .tell(slipped(1, { owner: 'tom' })).state.rungs,
    ).toEqual([]);
  });

  it('are bounded in number: more of them stay where they begin', () => {
    const policy = promotionLadder({ slippage, paper: { days: 0, signals: 1 } });
    let state = policy.memory?.initial as LadderState;
    for (let i = 0; i <= 1_000; i++)
      state = policy.memory?.next(state, decided(true, { source: `s${i}` }), bookWith()) as LadderState;
    expect(state.rungs).toHaveLength(1_000);
    const judged = (source: string) => {
      const signal = signalWith({ source });
      return said(policy.judge(draftOf(signal), signal, bookWith(), state));
    };
    expect([judged('s999'), judged('s1000')]).toEqual(['approve', 'refuse MONITOR_ONLY']);
  });
});

describe('the memory', () => {
  it('does not change for what does not matter', () => {
    const { memory } = promotionLadder({ slippage });
    const { state } = start().tell(decided());
    const events: RiskEvent[] = [
      { type: 'start' },
      { type: 'mark' },
      decided(false),
      sent(),
      traded({ owner: 'nobody' }),
      slipped(1, { owner: 'nobody' }),
      { ...slipped(1), expected: undefined } as RiskEvent,
    ];
    for (const event of events) expect(memory?.next(state, event, bookWith())).toBe(state);
  });

  it('tells people of each move, and why', () => {
    const { memory } = promotionLadder({ slippage });
    const one = times(start(), 9, decided()).state;
    const up = follow(promotionLadder({ slippage })).state;
    expect(memory?.alerts?.(up, one, bookWith())).toEqual([]);
    const after = memory?.next(one, decided(), bookWith({ now: MOMENT + DAY })) as LadderState;
    expect(memory?.alerts?.(one, after, bookWith())).toEqual([
      `${OWNER} went from monitor to paper: it met all conditions of paper`,
    ]);
    expect(memory?.alerts?.(undefined, after, bookWith())).toEqual([]);
  });

  it('moves one stage at a time, and never up without what is asked', () => {
    const mostlyPaper = fc.constantFrom(false, false, false, true);
    const event = fc.oneof(
      fc.constant(won),
      fc.constant(won),
      fc.constant(lost),
      fc.constantFrom('ann', 'bob', 'cid').map((by) => approves(by)),
      fc.double({ min: -1, max: 1, noNaN: true }).map((pips) => slipped(pips)),
      fc.constantFrom(decided(true), decided(false)),
    );
    const settings = {
      slippage,
      paper: { days: 0, signals: 1, approvals: 1 },
      smallest: { days: 1, trades: 2, winRate: 0.5, approvals: 1 },
      full: { days: 1, trades: 2, winRate: 0.5, approvals: 2 },
      demotion: { trades: 3, winRate: 0.4 },
    };
    const order = ['monitor', 'paper', 'smallest', 'full'];
    let climbs = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(event, fc.integer({ min: 0, max: DAY }), mostlyPaper), {
          minLength: 20,
          maxLength: 60,
        }),
        (events) => {
          let run = follow(promotionLadder(settings));
          let now = MOMENT;
          let stage = 'monitor';
          // What somebody with a notebook counts in a stage.
          const blank = () => ({ since: now, signals: 0, trades: 0, wins: 0, people: new Set<string>() });
          let notes = blank();
          for (const [what, wait, live] of events) {
            now += wait;
            run = run.tell(what, { now, account: { live } });
            if (what.type === 'decision') notes.signals++;
            if (what.type === 'trade') notes.trades++;
            if (what === won) notes.wins++;
            if (what.type === 'command') notes.people.add(what.command.by);
            const next = stageOf(run) ?? 'monitor';
            if (next === stage) continue;
            expect(Math.abs(order.indexOf(next) - order.indexOf(stage))).toBe(1);
            if (order.indexOf(next) > order.indexOf(stage)) {
              climbs++;
              expect(notes.people.size).toBeGreaterThanOrEqual(next === 'full' ? 2 : 1);
              if (next === 'paper') expect(notes.signals).toBeGreaterThanOrEqual(1);
              else
                expect([notes.trades >= 2, notes.wins >= 1, now - notes.since >= DAY]).not.toContain(false);
              expect(stage === 'paper' && live).toBe(false);
            }
            stage = next;
            notes = blank();
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(climbs).toBeGreaterThan(50);
  });
});

describe('ladderStatus', () => {
  const settings = { slippage };

  it('says what a new strategy lacks', () => {
    expect(ladderStatus(start().state, 'new', { settings, now: MOMENT })).toEqual({
      owner: 'new',
      stage: 'monitor',
      since: undefined,
      why: 'it is new',
      next: 'paper',
      requirements: [
        { what: 'days', need: 1, have: 0, met: false },
        { what: 'signals', need: 10, have: 0, met: false },
        { what: 'approvals', need: 0, have: 0, met: true },
      ],
      missing: [
        { what: 'days', need: 1, have: 0, met: false },
        { what: 'signals', need: 10, have: 0, met: false },
      ],
      approvedBy: [],
    });
  });

  it('measures days, trades, wins, slippage and approvals of the stage', () => {
    const paper = { ...settings, first: 'paper' } as const;
    const run = times(start(paper).tell(decided(false)), 3, won)
      .tell(lost)
      .tell(slipped(0.5))
      .tell(slipped(0.1));
    const status = ladderStatus(run.tell(approves('ann')).state, OWNER, {
      settings: paper,
      now: MOMENT + 1.5 * DAY,
    });
    expect(status).toMatchObject({ stage: 'paper', since: MOMENT, next: 'smallest', approvedBy: ['ann'] });
    expect(status.requirements).toEqual([
      { what: 'days', need: 2, have: 1.5, met: false },
      { what: 'trades', need: 20, have: 4, met: false },
      { what: 'winRate', need: 0.4, have: 0.75, met: true },
      { what: 'slippageRatio', need: 1.5, have: 1.5, met: true },
      { what: 'approvals', need: 1, have: 1, met: true },
    ]);
    expect(status.missing.map(({ what }) => what)).toEqual(['days', 'trades']);
  });

  it('has nothing to measure before the first trade and fill', () => {
    const { requirements } = ladderStatus(start({ first: 'smallest' }).state, OWNER, {
      settings: { ...settings, first: 'smallest' },
      now: MOMENT,
    });
    expect(requirements).toEqual([
      { what: 'days', need: 10, have: 0, met: false },
      { what: 'trades', need: 30, have: 0, met: false },
      { what: 'winRate', need: 0.4, have: undefined, met: false },
      { what: 'slippageRatio', need: 1.5, have: undefined, met: true },
      { what: 'approvals', need: 2, have: 0, met: false },
    ]);
  });

  it('asks for nothing at the top', () => {
    const top = { ...settings, first: 'full' } as const;
    expect(ladderStatus(start(top).state, OWNER, { settings: top, now: MOMENT })).toMatchObject({
      stage: 'full',
      next: undefined,
      requirements: [],
      missing: [],
    });
  });

  it('takes the settings as the policy has them', () => {
    const policy = promotionLadder({ slippage, first: 'paper' });
    const at = { settings: policy.settings?.value as LadderSettingsInput, now: MOMENT };
    expect(ladderStatus({ rungs: [] }, OWNER, at).stage).toBe('paper');
  });
});

describe('settings', () => {
  it.each([
    [{}, 'promotionLadder.slippage'],
    [{ slippage: {} }, 'promotionLadder.slippage'],
    [{ slippage: { pips: 1, spreadFraction: 1 } }, 'promotionLadder.slippage'],
    [{ slippage: { pips: 0 } }, 'promotionLadder.slippage.pips'],
    [{ slippage, first: 'top' }, 'promotionLadder.first'],
    [{ slippage, full: { winRate: 1.1 } }, 'promotionLadder.full.winRate'],
    [{ slippage, full: { approvals: -1 } }, 'promotionLadder.full.approvals'],
    [{ slippage, demotion: { trades: 0 } }, 'promotionLadder.demotion.trades'],
    [{ slippage, small: {} }, 'promotionLadder'],
  ])('%o are refused at %s', (settings, where) => {
    expect(() => promotionLadder(settings as never)).toThrowError(
      expect.objectContaining({ code: 'BAD_CONFIG', where }),
    );
  });
});
