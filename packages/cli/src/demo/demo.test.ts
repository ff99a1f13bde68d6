import type { Bot, Decision, Fill, Issue, OrderEvent, Signal, Tick } from '@mikrobot/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DemoResult, runDemo } from './run-demo.js';
import { demoDefaults, demoMarket } from './setting.js';

/** Everything that a run of the demo said, kept by nobody else. */
class Recording {
  readonly signals: Signal[] = [];
  readonly decisions: Decision[] = [];
  readonly orders: OrderEvent[] = [];
  readonly fills: Fill[] = [];
  readonly issues: Issue[] = [];
  readonly ticks: Tick[] = [];
  readonly lines: string[] = [];

  listen(bot: Bot): void {
    bot.signals$.subscribe((signal) => this.signals.push(signal));
    bot.decisions$.subscribe((decision) => this.decisions.push(decision));
    bot.orders$.subscribe((event) => this.orders.push(event));
    bot.fills$.subscribe((fill) => this.fills.push(fill));
    bot.issues$.subscribe((issue) => this.issues.push(issue));
    bot.state$.subscribe((state) => {
      if (state === 'confirming') bot.ticks$('EURUSD').subscribe((tick) => this.ticks.push(tick));
    });
  }

  refusals(stage: string): string[] {
    return this.decisions.flatMap((d) =>
      d.outcome === 'refused' && d.refusal.stage === stage ? [d.refusal.code] : [],
    );
  }

  /** Lots of each ledger after every fill. */
  holdings(): { fill: Fill; before: number; after: number }[] {
    const held = new Map<string, number>();
    return this.fills.map((fill) => {
      const before = held.get(fill.owner) ?? 0;
      const after = Math.round((before + (fill.side === 'buy' ? 1 : -1) * fill.quantity) * 100) / 100;
      held.set(fill.owner, after);
      return { fill, before, after };
    });
  }
}

const play = async (): Promise<{ seen: Recording; done: DemoResult }> => {
  const seen = new Recording();
  const done = await runDemo({
    market: demoMarket(demoDefaults.seed),
    tell: (line) => seen.lines.push(line),
    listen: (bot) => seen.listen(bot),
  });
  return { seen, done };
};

describe('the demo', () => {
  let seen: Recording;
  let done: DemoResult;
  beforeAll(async () => {
    ({ seen, done } = await play());
  });

  const shows = (text: RegExp): void => expect(seen.lines.some((line) => text.test(line))).toBe(true);
  const countOf = (name: string): number | undefined => done.sightings.find((s) => s.name === name)?.count;

  it('gives every signal one decision', () => {
    expect(seen.decisions.map((d) => d.signal.id).sort()).toEqual(seen.signals.map((s) => s.id).sort());
  });

  it('shows an order that fills in parts', () => {
    const parts = seen.fills.find((f) => f.purpose === 'enter' && f.remaining > 0) as Fill;
    const decision = seen.decisions.find((d) => d.signal.id === parts.signal);
    const trades = seen.fills.filter((f) => f.id === parts.id);
    expect(trades.length).toBeGreaterThan(1);
    const lots = trades.reduce((sum, { quantity }) => sum + quantity, 0);
    expect(lots).toBeCloseTo(decision !== undefined && 'order' in decision ? decision.order.quantity : 0, 8);
    shows(/ part {6}order \w+-e, entry: (buy|sell) 0\.\d+ of 0\.5 lots/);
    const partial = new Set(seen.fills.filter((f) => f.remaining > 0).map((f) => f.id));
    expect(countOf('partialFill')).toBe(partial.size);
  });

  it('shows a trailing stop that follows the market and fills where it stood', () => {
    const entries = new Map(
      seen.decisions.flatMap((d) =>
        (d.outcome === 'executed' || d.outcome === 'unknown') && d.order.bracket?.trail !== undefined
          ? [[d.order.id, d.order] as const]
          : [],
      ),
    );
    const moved = [...entries.values()].filter(({ id, side, bracket }) => {
      const out = seen.fills.find((f) => f.id === `${id}s`);
      const begin = seen.fills.find((f) => f.id === id)?.time ?? Number.NaN;
      if (out === undefined || bracket?.stop === undefined || bracket.trail === undefined) return false;
      // Where a stop of that distance stands by the ticks alone, and a fifth of a pip of slippage plus a tick's jump below it.
      const long = side === 'buy';
      const between = seen.ticks.filter(({ time }) => time > begin && time < out.time);
      const best = long ? Math.max(...between.map((t) => t.bid)) : Math.min(...between.map((t) => t.ask));
      const stood = long
        ? Math.max(bracket.stop, best - bracket.trail)
        : Math.min(bracket.stop, best + bracket.trail);
      const worse = (long ? stood - out.price : out.price - stood) * 1e4;
      expect(worse).toBeGreaterThan(-0.11);
      expect(worse).toBeLessThan(3);
      return long ? out.price > bracket.stop : out.price < bracket.stop;
    });
    expect(moved.length).toBeGreaterThan(0);
    expect(countOf('trailingStop')).toBe(moved.length);
    shows(/trailing stop: .* pips better than where it began/);
  });

  it('shows a partial close: less is held than before, on the same side', () => {
    const reduced = seen.holdings().filter(({ fill }) => fill.purpose === 'reduce');
    expect(reduced.length).toBeGreaterThan(0);
    for (const { before, after } of reduced) {
      expect(Math.sign(after)).toBe(Math.sign(before));
      expect(Math.abs(after)).toBeLessThan(Math.abs(before));
    }
    expect(countOf('partialClose')).toBe(new Set(reduced.map(({ fill }) => fill.id)).size);
    shows(/ filled {4}order \w+-x, partial close:/);
  });

  it('shows a reversal: from one side to the other by one signal', () => {
    const turned = seen.decisions.filter((d) => {
      if (d.signal.intent !== 'reverse' || d.outcome !== 'executed') return false;
      const steps = seen
        .holdings()
        .filter(({ fill }) => fill.signal === d.signal.id && fill.purpose !== 'protect');
      const [before, after] = [steps[0]?.before ?? 0, steps.at(-1)?.after ?? 0];
      return before * after < 0 && Math.sign(after) === (d.signal.side === 'buy' ? 1 : -1);
    });
    expect(turned.length).toBeGreaterThan(0);
    expect(countOf('reversal')).toBe(turned.length);
    shows(/EXECUTED {2}reverse to/);
  });

  it('shows a refusal at every stage', () => {
    const atValidate = seen.refusals('validate').filter((code) => code !== 'HOLD_EXPIRED');
    expect(atValidate).toContain('CONFIDENCE_LOW');
    expect(seen.refusals('assess')).toContain('STOP_TOO_FAR');
    expect(seen.refusals('execute')).toContain('VENUE_REJECTED');
    expect(countOf('refusedByValidate')).toBe(atValidate.length);
    expect(countOf('refusedByAssess')).toBe(seen.refusals('assess').length);
    expect(countOf('refusedByExecute')).toBe(seen.refusals('execute').length);
    for (const stage of ['validate', 'assess', 'execute']) shows(new RegExp(`REFUSED .* at ${stage} by `));
  });

  it('shows an order of which nobody knows, until the venue is asked', () => {
    const [unknown, ...others] = seen.decisions.filter((d) => d.outcome === 'unknown');
    expect(others).toEqual([]);
    const id = unknown?.outcome === 'unknown' ? unknown.order.id : '';
    expect(seen.issues.filter((i) => i.code === 'ORDER_UNKNOWN').map((i) => i.detail)).toEqual([
      expect.stringContaining(id),
    ]);
    const after = seen.orders.filter((event) => event.id === id);
    expect(after[0]).toMatchObject({ type: 'accepted' });
    expect(after[0]?.time).toBeGreaterThan(unknown?.time ?? Number.NaN);
    expect(countOf('unknownResolved')).toBe(1);
    shows(/ found {5}order \w+-e: the venue has it/);
  });

  it('shows a held signal that is approved in time, and one too late', () => {
    const held = new Map(
      seen.decisions.flatMap((d) => (d.outcome === 'held' ? [[d.signal.id, d.until] as const] : [])),
    );
    const answers = seen.decisions.filter((d) => d.signal.approval !== undefined);
    const until = (d: Decision): number => held.get(d.signal.approval?.of ?? '') ?? Number.NaN;
    const inTime = answers.filter((d) => d.time <= until(d));
    const late = answers.filter((d) => d.time > until(d));
    expect(inTime.map((d) => d.outcome)).toContain('executed');
    expect(late.length).toBeGreaterThan(0);
    for (const d of late) expect(d).toMatchObject({ outcome: 'refused', refusal: { code: 'HOLD_EXPIRED' } });
    expect(countOf('approvedInTime')).toBe(inTime.filter((d) => d.outcome === 'executed').length);
    expect(countOf('approvedTooLate')).toBe(late.length);
    shows(/EXECUTED .*\(approved by Ada\)/);
    shows(/REFUSED .*HOLD_EXPIRED/);
  });

  it('is the same each time', async () => {
    const again = await play();
    expect(again.seen.lines).toEqual(seen.lines);
    expect(again.done.result.decisionsHash).toBe(done.result.decisionsHash);
  });
});
