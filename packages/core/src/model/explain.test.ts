import { describe, expect, it } from 'vitest';
import { MOMENT, requestWith, signalWith } from '../testing/samples.js';
import type { Decision, Refusal } from './decision.js';
import { explain } from './explain.js';
import { executed, refused, unresolved } from './refuse.js';

const at = '2023-11-14 22:13:20';
const spread: Refusal = {
  stage: 'validate',
  rule: 'maxSpread',
  code: 'SPREAD_TOO_WIDE',
  limit: 2,
  actual: 3.4,
};
const held = (until: number, over: Partial<Refusal> = {}): Decision => ({
  kind: 'decision',
  outcome: 'held',
  signal: signalWith(),
  time: MOMENT,
  verdicts: [],
  refusal: { ...spread, stage: 'assess', rule: 'humanGate', code: 'LARGE', limit: 1, actual: 5, ...over },
  until,
});

describe('explain', () => {
  it('tells an executed entry with its order, its bracket and who sized it', () => {
    const order = requestWith({ quantity: 0.2, bracket: { stop: 1.09, target: 1.12, trail: undefined } });
    const verdicts = [
      { policy: 'fixedFractional', outcome: 'shrink' as const, quantity: 0.25 },
      { policy: 'maxDailyLoss', outcome: 'approve' as const },
      { policy: 'maxExposure', outcome: 'shrink' as const, quantity: 0.2 },
    ];
    expect(explain(executed(signalWith({ reason: 'breakout' }), MOMENT, order, verdicts))).toBe(
      `${at}  EXECUTED  buy EURUSD: buy 0.2 market, stop 1.09, target 1.12, sized by fixedFractional, maxExposure  [breakout]`,
    );
  });

  it('tells the prices of limit, stop-limit and trailing orders', () => {
    const tell = (over: Parameters<typeof requestWith>[0]): string =>
      explain(executed(signalWith(), MOMENT, requestWith(over), [])).split(': ')[1] as string;
    expect(tell({ type: 'limit', price: 1.095 })).toBe('buy 1 limit, at 1.095, NO STOP');
    expect(tell({ type: 'stop-limit', price: 1.11, limitPrice: 1.112 })).toBe(
      'buy 1 stop-limit, at 1.11, limit 1.112, NO STOP',
    );
    expect(tell({ bracket: { stop: undefined, target: undefined, trail: 0.002 } })).toBe(
      'buy 1 market, trailing by 0.002',
    );
  });

  it('tells an adjustment as what it moved, for it trades nothing', () => {
    const order = requestWith({
      purpose: 'protect',
      bracket: { stop: 1.1, target: undefined, trail: undefined },
    });
    expect(explain(executed(signalWith({ intent: 'adjust', side: undefined }), MOMENT, order, []))).toBe(
      `${at}  EXECUTED  adjust EURUSD: protect 1, stop 1.1`,
    );
  });

  it('tells a refusal with stage, rule, limit and actual value', () => {
    expect(explain(refused(signalWith(), MOMENT, spread))).toBe(
      `${at}  REFUSED   buy EURUSD: SPREAD_TOO_WIDE at validate by maxSpread (limit 2, actual 3.4)`,
    );
  });

  it('tells until when a person may answer', () => {
    expect(explain(held(MOMENT + 600_000))).toBe(
      `${at}  HELD      buy EURUSD: LARGE at assess by humanGate (limit 1, actual 5), until 2023-11-14 22:23:20`,
    );
  });

  it('tells a hold without an end, and one beyond the calendar', () => {
    expect(explain(held(Number.POSITIVE_INFINITY))).toContain(', without an end');
    expect(explain(held(9e15))).toContain(', without an end');
  });

  it('tells why nobody knows', () => {
    const decision = unresolved(
      signalWith(),
      MOMENT,
      requestWith(),
      [],
      'no answer to submit within 5000 ms',
    );
    expect(explain(decision)).toBe(
      `${at}  UNKNOWN   buy EURUSD: buy 1 market, NO STOP; no answer to submit within 5000 ms`,
    );
  });

  it.each([
    [{ intent: 'exit', side: undefined }, 'exit EURUSD'],
    [{ intent: 'reverse', side: 'sell' }, 'reverse to sell EURUSD'],
    [{ intent: 'reverse', side: undefined }, 'reverse EURUSD'],
    [{ intent: 'enter', side: undefined }, 'enter EURUSD'],
    [{ approval: { of: 'x', by: 'Ada', until: MOMENT } }, 'buy EURUSD (approved by Ada)'],
  ] as const)('tells the wish %j as "%s"', (over, wish) => {
    expect(explain(refused(signalWith(over), MOMENT, spread))).toContain(`  ${wish}: `);
  });

  it('stays one line whatever people, policies and venues write', () => {
    const text = 'first\r\nsecond\u2028third\tfourth';
    const decisions = [
      refused(signalWith({ reason: text }), MOMENT, { ...spread, actual: text }),
      held(MOMENT, { limit: text }),
      unresolved(signalWith(), MOMENT, requestWith(), [], text),
    ];
    for (const decision of decisions) {
      expect(explain(decision)).not.toMatch(/[\n\r\u2028\u2029]/);
      expect(explain(decision)).toContain('first second third');
    }
  });
});
