import { describe, expect, it } from 'vitest';
import { hansei } from './hansei.js';
import type { HanseiInput } from './hansei-day.js';
import { hanseiMarkdown, hanseiText } from './hansei-text.js';

const day: HanseiInput = {
  day: '2025-07-23',
  signals: 100,
  decisions: { executed: 60, refused: 38, held: 1, unknown: 1 },
  refusals: { STALE_QUOTE: 30, MAX_SPREAD: 9 },
  currency: 'EUR',
  trades: [
    { symbol: 'EURUSD', owner: 'breakout', profit: 120.5 },
    { symbol: 'EURUSD', owner: 'breakout', profit: -20 },
    { symbol: 'XAUUSD', owner: 'breakout', profit: -180 },
    { symbol: 'XAUUSD', owner: 'breakout', profit: 0 },
  ],
  metrics: [
    { name: 'latency', unit: 'ms', verdict: 'not capable', index: 1.4, bound: 1.1, required: 2, defects: 7 },
    { name: 'slippage', verdict: 'capable', index: 2.3, bound: 2.1, required: 2 },
    { name: 'fill rate', verdict: 'unproven' },
  ],
  incidents: [{ what: 'feed was silent', cause: 'broker restart', severity: 'high', minutes: 4 }],
  promises: [
    { what: 'warm the order path', owner: 'ann', kept: true },
    { what: 'second feed', owner: 'bob', kept: false, why: 'no contract' },
  ],
};

describe('hansei', () => {
  it('adds up the day', () => {
    expect(hansei(day).facts).toEqual({
      signals: 100,
      decided: 100,
      executed: 60,
      refused: 38,
      held: 1,
      unknown: 1,
      trades: 4,
      won: 1,
      lost: 2,
      winRate: 0.25,
      profit: -79.5,
      promises: 2,
      kept: 1,
    });
  });

  it('tells what went well from what did not and from what nobody can tell', () => {
    const { wentWell, wentBadly, unclear } = hansei(day);
    expect(wentWell.map(({ text }) => text)).toEqual([
      'Each of 100 signals got one decision.',
      'slippage is capable: index 2.3, lower bound 2.1, required 2.',
      'ann kept the promise: warm the order path.',
    ]);
    expect(wentBadly.map(({ text }) => text)).toEqual([
      'Nobody knows whether the venue has 1 of the orders.',
      '4 trades made -79.5 EUR: 1 won, 2 lost.',
      'latency (ms) is not capable: index 1.4, lower bound 1.1, required 2, 7 outside the limits.',
      'feed was silent (high, 4 min), because of: broker restart.',
      'bob did not keep the promise: second feed (no contract).',
    ]);
    expect(unclear.map(({ text }) => text)).toEqual(['fill rate is unproven.']);
  });

  it('notices signals that got lost and refusals without a code', () => {
    const { wentBadly, unclear } = hansei({ day: '2025-07-23', signals: 10, decisions: { refused: 9 } });
    expect(wentBadly[0]?.text).toBe('10 signals got 9 decisions.');
    expect(unclear[0]?.text).toBe('9 of 9 refused or held signals have no code.');
  });

  it('puts the causes in order by Pareto, and the money by its own', () => {
    const { causes, losses } = hansei(day);
    expect(causes.rows.map(({ cause, count }) => [cause, count])).toEqual([
      ['refused STALE_QUOTE', 30],
      ['refused MAX_SPREAD', 9],
      ['defects of latency', 7],
      ['unknown outcome', 1],
      ['incident: broker restart', 1],
      ['broken promise', 1],
    ]);
    // 39 of 49 are 79.6 %.
    expect(causes.vitalFew).toEqual(['refused STALE_QUOTE', 'refused MAX_SPREAD', 'defects of latency']);
    expect(losses.rows.map(({ cause, loss }) => [cause, loss])).toEqual([
      ['breakout on XAUUSD', 180],
      ['breakout on EURUSD', 20],
    ]);
    expect(losses.vitalFew).toEqual(['breakout on XAUUSD']);
  });

  it('asks for learnings and actions on the vital few, and carries broken promises over', () => {
    const { learnings, actions } = hansei(day);
    expect(learnings.map(({ about }) => about)).toEqual([
      'refused STALE_QUOTE',
      'refused MAX_SPREAD',
      'defects of latency',
      'breakout on XAUUSD',
      'what went well',
    ]);
    expect(actions.map(({ about, owner }) => [about, owner])).toEqual([
      ['second feed', 'bob'],
      ['feed was silent', undefined],
      ['latency', undefined],
      ['refused STALE_QUOTE', undefined],
      ['refused MAX_SPREAD', undefined],
      ['defects of latency', undefined],
    ]);
  });

  it('says that nothing happened rather than that all went well', () => {
    const report = hansei({ day: '2025-07-26' });
    expect(report).toMatchObject({ wentWell: [], wentBadly: [], learnings: [], actions: [] });
    expect(report.notes).toEqual([expect.objectContaining({ code: 'EMPTY' })]);
    expect(hanseiText(report)).toContain('Nothing was decided');
  });

  it('refuses data that contradict themselves', () => {
    const badData = expect.objectContaining({ code: 'BAD_DATA' });
    expect(() => hansei({ ...day, refusals: { STALE_QUOTE: 40 } })).toThrowError(badData);
    expect(() => hansei({ ...day, metrics: [...day.metrics!, ...day.metrics!] })).toThrowError(badData);
    expect(() => hansei({ ...day, day: '23.7.2025' })).toThrowError(badData);
  });

  it('is plain JSON', () => {
    const report = hansei(day);
    expect(JSON.parse(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(structuredClone(report))));
  });
});

describe('the text of a report', () => {
  it('reads as lines under headings', () => {
    const lines = hanseiText(hansei(day)).split('\n');
    expect(lines[0]).toBe('Hansei of 2025-07-23');
    expect(lines).toContain('  - Decisions: 100 (60 executed, 38 refused, 1 held, 1 unknown)');
    expect(lines).toContain('  - Trades: 4, 25 % won, -79.5 EUR');
    expect(lines).toContain('  - refused STALE_QUOTE: 30 (61.22 %, together 61.22 %), vital');
    expect(lines).toContain('  - bob: What stood in the way of "second feed", and by when will it be done?');
  });

  it('is Markdown that names from outside cannot change', () => {
    const what = '<script>\n# pwned\n[link](http://x)';
    const incidents = [{ what, cause: '*stars*', severity: 'low' as const }];
    const markdown = hanseiMarkdown(hansei({ day: '2025-07-23', incidents }));
    expect(markdown).toMatch(/^# Hansei of 2025-07-23\n\n## Facts\n\n- /);
    expect(markdown).toContain(
      '- \\<script\\> \\# pwned \\[link\\](http://x) (low), because of: \\*stars\\*.',
    );
    expect(markdown.match(/^#+ /gm)).toHaveLength(markdown.match(/^## /gm)!.length + 1);
    expect(markdown).not.toMatch(/(?<!\\)[<[]|^# pwned/m);
  });
});
