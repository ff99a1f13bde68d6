import { describe, expect, it } from 'vitest';
import { aBar, aFill, anExecution, anOrder, aRefusal, aSignal } from '../test-support/events.js';
import { aFeedReport } from '../test-support/feed-report.js';
import { ScriptedBot } from '../test-support/scripted-bot.js';
import { type BacktestOptions, backtest } from './backtest.js';
import type { BacktestResult } from './result.js';
import type { WarningCode } from './warnings.js';

const MINUTE = 60_000;
/** A Tuesday, 14:00 UTC: London and New York are open. */
const start = Date.UTC(2024, 2, 5, 14);

const run = (script: (bot: ScriptedBot) => void, options: BacktestOptions = {}): Promise<BacktestResult> =>
  backtest(new ScriptedBot(script), options);

const codes = (result: BacktestResult): WarningCode[] => result.warnings.map((w) => w.code);

/** Buys a lot at 1.1002 (sent at 1.1001) with a stop at 1.0951, and sells it by signal at 1.1102. */
const roundTrip = (bot: ScriptedBot): void => {
  bot.tick('EURUSD', start, 1.1, 1.1001);
  const signal = aSignal({ time: start, quote: { time: start, bid: 1.1, ask: 1.1001 } });
  bot.signals$.next(signal);
  const bracket = { stop: 1.0952, target: undefined, trail: undefined };
  bot.decisions$.next(anExecution(signal, anOrder({ bracket })));
  bot.fill(aFill({ time: start, price: 1.1002, commission: 3.5 }));
  bot.floating = -510;
  bot.tick('EURUSD', start + 10 * MINUTE, 1.0952, 1.0953);
  bot.bars$('EURUSD', 'M5').next(aBar(start, [1.1, 1.1, 1.0952, 1.0952]));
  bot.floating = 1500;
  bot.tick('EURUSD', start + 20 * MINUTE, 1.1152, 1.1153);
  bot.bars$('EURUSD', 'M5').next(aBar(start + 10 * MINUTE, [1.0952, 1.1152, 1.0952, 1.1152]));
  const exit = aSignal({ id: 's-2', intent: 'exit', time: start + 30 * MINUTE });
  bot.tick('EURUSD', start + 30 * MINUTE, 1.1102, 1.1103);
  bot.signals$.next({ ...exit, quote: { time: exit.time, bid: 1.1102, ask: 1.1103 } });
  const order = anOrder({ id: 's-2-x', side: 'sell', purpose: 'reduce' });
  bot.decisions$.next(anExecution({ ...exit, quote: { time: exit.time, bid: 1.1102, ask: 1.1103 } }, order));
  bot.floating = 0;
  const closing = { id: 's-2-x', side: 'sell', purpose: 'reduce', price: 1.1102, profit: 1000 } as const;
  bot.fill(aFill({ ...closing, time: start + 30 * MINUTE, commission: 3.5 }));
  bot.tick('EURUSD', start + 60 * MINUTE, 1.2, 1.2001);
};

describe('backtest', () => {
  it('measures a round trip by hand-computed figures', async () => {
    const result = await run(roundTrip);
    const [trade] = result.trades;
    expect(trade).toMatchObject({
      session: 'london-new-york',
      volatility: 'unknown',
      stop: 1.0952,
      net: 993,
      heldMs: 30 * MINUTE,
      heldBars: 2,
    });
    // A lot moves 100,000 USD for 1.0000: 50 pips to the stop are 500 USD.
    expect(trade?.risk).toBeCloseTo(500, 6);
    expect(trade?.r).toBeCloseTo(1.986, 6);
    expect(trade?.favourable).toBeCloseTo(0.015, 9);
    expect(trade?.adverse).toBeCloseTo(0.005, 9);
    expect(result.account).toMatchObject({ startBalance: 10_000, endBalance: 10_993, endEquity: 10_993 });
    expect(result.performance).toMatchObject({
      realised: 993,
      floating: 0,
      other: 0,
      equityChange: 993,
      commission: 7,
    });
    expect(result.performance.totalReturn).toBeCloseTo(0.0993, 9);
    // Highest 10,000 at the start, then 10,000 - 3.5 - 510; then 11,496.5 and down to 10,993.
    expect(result.performance.drawdown.money).toBeCloseTo(513.5, 6);
    expect(result.performance.drawdown.fraction).toBeCloseTo(0.05135, 9);
    expect(result.performance.exposure.share).toBeCloseTo(0.5, 9);
  });

  it('measures commission, spread and slippage, and says when nobody stated the costs', async () => {
    const result = await run(roundTrip);
    expect(result.costs).toMatchObject({ stated: 'unstated', commission: 7 });
    // Half a pip at each of two fills of one lot: 5 + 5 USD. One pip of slippage at the entry: 10 USD.
    expect(result.costs.spread).toBeCloseTo(10, 6);
    expect(result.costs.slippage).toBeCloseTo(10, 6);
    expect(result.costs.slippageBySymbol[0]).toMatchObject({ symbol: 'EURUSD', fills: 2 });
    expect(result.costs.slippageBySymbol[0]?.mean).toBeCloseTo(0.5, 6);
    expect(result.costs.slippageBySymbol[0]?.worst).toBeCloseTo(1, 6);
    expect(codes(result)).toEqual(['COSTS_UNSTATED', 'FEW_TRADES', 'SHORT_PERIOD']);
  });

  it('measures the slippage of a stop from the bracket, and from where the stop was moved to', async () => {
    const withStop = (moved: number | undefined) => (bot: ScriptedBot) => {
      bot.tick('EURUSD', start, 1.1, 1.1);
      const bracket = { stop: 1.095, target: 1.12, trail: undefined };
      const signal = aSignal({ time: start, quote: { time: start, bid: 1.1, ask: 1.1 } });
      bot.decisions$.next(anExecution(signal, anOrder({ bracket })));
      bot.fill(aFill({ time: start }));
      const event = { id: 's-1-es', symbol: 'EURUSD', time: start + 1 } as const;
      if (moved !== undefined) bot.orders$.next({ ...event, type: 'replaced', quantity: 1, price: moved });
      bot.fill(aFill({ ...event, side: 'sell', purpose: 'protect', price: 1.0947, profit: -530 }));
    };
    const still = await run(withStop(undefined));
    expect(still.costs.slippageBySymbol[0]?.worst).toBeCloseTo(3, 6);
    const moved = await run(withStop(1.0949));
    expect(moved.costs.slippageBySymbol[0]?.worst).toBeCloseTo(2, 6);
  });

  it('counts what became of every signal, with the codes of refusals and an example of each', async () => {
    const result = await run((bot) => {
      for (let i = 0; i < 3; i++) {
        const signal = aSignal({ id: `s-${i}`, time: start + i * MINUTE });
        bot.signals$.next(signal);
        bot.decisions$.next(aRefusal(signal, { actual: 3 + i }));
      }
      const late = aSignal({ id: 's-9', time: Date.UTC(2024, 2, 10, 22, 30) });
      bot.signals$.next(late);
      bot.decisions$.next(aRefusal(late, { stage: 'validate', rule: 'session', code: 'SESSION_CLOSED' }));
      bot.signals$.next(aSignal({ id: 's-10', time: start }));
    });
    expect(result.funnel).toMatchObject({
      signals: 5,
      refused: 4,
      executed: 0,
      refusedAt: { validate: 1, assess: 3, execute: 0 },
    });
    expect(result.funnel.refusals).toEqual([
      {
        stage: 'assess',
        rule: 'max-positions',
        code: 'TOO_MANY',
        count: 3,
        first: { time: start, symbol: 'EURUSD', limit: 2, actual: 3 },
      },
      expect.objectContaining({ code: 'SESSION_CLOSED', count: 1 }),
    ]);
    // Tuesday is row 1, Sunday row 6.
    expect(result.signalTimes.heat[1]?.[14]).toBe(4);
    expect(result.signalTimes.heat[6]?.[22]).toBe(1);
    expect(result.signalTimes.bySession).toEqual({ 'london-new-york': 4, off: 1 });
    expect(codes(result)).toContain('UNDECIDED_SIGNALS');
  });

  it('says how many held signals a person approved, and warns of those that nobody did', async () => {
    const heldAnd = (approved: boolean) =>
      run((bot) => {
        const signal = aSignal({ time: start });
        const refusal = {
          stage: 'validate',
          rule: 'confidence',
          code: 'CONFIDENCE_REVIEW',
          limit: 0.8,
          actual: 0.7,
        } as const;
        const base = { kind: 'decision', signal, time: start, verdicts: [], refusal } as const;
        bot.signals$.next(signal);
        bot.decisions$.next({ ...base, outcome: 'held', until: start + MINUTE });
        if (!approved) return;
        const again = aSignal({
          id: 's-2',
          time: start + 1000,
          approval: { of: 's-1', by: 'Ann', until: start + MINUTE },
        });
        bot.signals$.next(again);
        bot.decisions$.next(anExecution(again, anOrder()));
      });
    const waiting = await heldAnd(false);
    expect(waiting.funnel).toMatchObject({
      held: 1,
      approvals: 0,
      holds: [{ code: 'CONFIDENCE_REVIEW', count: 1 }],
    });
    expect(codes(waiting)).toContain('HELD_SIGNALS');
    const answered = await heldAnd(true);
    expect(answered.funnel).toMatchObject({ held: 1, approvals: 1, executed: 1 });
    expect(codes(answered)).not.toContain('HELD_SIGNALS');
  });

  it('answers with nulls and says so when nothing happened at all', async () => {
    const result = await run(() => undefined, { costs: 'none' });
    expect(codes(result)).toEqual(['COSTS_NONE', 'NO_SIGNALS']);
    expect(result.from).toBeNull();
    expect(result.performance.trades.winRate).toBeNull();
    expect(result.performance.daily.sharpe).toBeNull();
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('sums up what is wrong with the data', async () => {
    const report = aFeedReport();
    const result = await run(roundTrip, { feed: { symbols: ['EURUSD'], report: () => report } });
    expect(result.data).toMatchObject([
      {
        source: 'eurusd.csv',
        rows: 100,
        rejected: [{ reason: 'The ask is below the bid.', count: 2, first: 'eurusd.csv:7' }],
        gaps: [{ symbol: 'EURUSD', from: start, to: start + 60 * MINUTE }],
        gapCount: 4,
        missingBars: 20,
      },
    ]);
    expect(codes(result)).toEqual(expect.arrayContaining(['ROWS_REJECTED', 'DATA_GAPS']));
    expect(Object.isFrozen(report.longestGaps[0])).toBe(false);
  });

  it('finds missing data grave above 5 % of the bars', async () => {
    const warning = async (missing: number) => {
      const feed = { symbols: ['EURUSD'], report: () => aFeedReport('eurusd.csv', 'EURUSD', missing) };
      return (await run(roundTrip, { feed })).warnings.find(({ code }) => code === 'DATA_GAPS');
    };
    // Beside 98 good bars: 5 of 103 and 6 of 104.
    expect(await warning(5)).toMatchObject({ grave: false, text: expect.stringContaining('4.9 % of the') });
    expect(await warning(6)).toMatchObject({
      grave: true,
      text: '4 gaps in the data, in which nothing could be traded: 5.8 % of the bars are missing; the longest hole is 2024-03-05 14:00 to 15:00 UTC.',
    });
  });

  it('values what is still open at the end at the side that closes it', async () => {
    const result = await run((bot) => {
      roundTrip(bot);
      bot.fill(aFill({ time: start + 61 * MINUTE, id: 's-3-e', price: 1.2001, commission: 3.5 }));
      bot.tick('EURUSD', start + 62 * MINUTE, 1.2041, 1.2042);
      bot.floating = 400;
    });
    // 40 pips of 10 USD to the bid; the commission is realised, not floating.
    expect(result.openTrades).toMatchObject([{ exit: null, net: -3.5, floating: 400 }]);
    expect(result.trades).toMatchObject([{ net: 993, floating: null }]);
    expect(result.performance).toMatchObject({ floating: 400, equityChange: 1389.5 });
  });

  it('counts the problems that the bot told of', async () => {
    const result = await run((bot) => {
      const issue = { code: 'STALE', detail: 'silent for 60 s', symbol: undefined } as const;
      for (const time of [1, 2]) bot.issues$.next({ ...issue, time });
    });
    expect(result.issues).toEqual([
      { code: 'STALE', count: 2, first: { time: 1, detail: 'silent for 60 s', symbol: null } },
    ]);
  });

  it('shows financing as what changed the balance beside fills', async () => {
    const result = await run((bot) => {
      roundTrip(bot);
      bot.balance -= 12.34;
    });
    expect(result.performance).toMatchObject({ realised: 993, other: -12.34, equityChange: 980.66 });
  });

  it('converts the risk of an instrument quoted in another currency, and knows none without a rate', async () => {
    const script = (rate: number | undefined) => (bot: ScriptedBot) => {
      if (rate !== undefined) bot.rates.set('JPY', rate);
      const signal = aSignal({ symbol: 'USDJPY' });
      const bracket = { stop: 149, target: undefined, trail: undefined };
      bot.decisions$.next(anExecution(signal, anOrder({ symbol: 'USDJPY', bracket })));
      bot.fill(aFill({ symbol: 'USDJPY', price: 150 }));
      bot.fill(
        aFill({ symbol: 'USDJPY', side: 'sell', price: 151, profit: 640, purpose: 'reduce', id: 'x' }),
      );
    };
    const bot = (rate: number | undefined) => new ScriptedBot(script(rate), { symbols: ['USDJPY'] });
    const known = await backtest(bot(0.0064));
    expect(known.trades[0]?.risk).toBeCloseTo(640, 6);
    expect(known.trades[0]?.r).toBeCloseTo(1, 9);
    const unknown = await backtest(bot(undefined));
    expect(unknown.trades[0]).toMatchObject({ risk: null, r: null, net: 640 });
  });

  it('gives the same hash for the same decisions and another for others', async () => {
    const [one, two, none] = await Promise.all([run(roundTrip), run(roundTrip), run(() => undefined)]);
    expect(one.decisionsHash).toBe(two.decisionsHash);
    expect(one.decisionsHash).not.toBe(none.decisionsHash);
  });

  it('returns a frozen result and stops listening to the bot', async () => {
    const bot = new ScriptedBot(roundTrip);
    const result = await backtest(bot);
    expect(Object.isFrozen(result.trades[0])).toBe(true);
    expect(bot.fills$.listeners + bot.ticks$('EURUSD').listeners + bot.bars$('EURUSD', 'M5').listeners).toBe(
      0,
    );
  });

  it('listens to ticks only while a trade is open', async () => {
    const heard: number[] = [];
    await run((bot) => {
      const count = (): number => heard.push(bot.ticks$('EURUSD').listeners);
      count();
      bot.tick('EURUSD', start, 1.1, 1.1);
      count();
      bot.fill(aFill({ time: start }));
      count();
      bot.fill(aFill({ time: start + 1, side: 'sell', purpose: 'reduce' }));
      count();
    });
    // One at first, for the starting equity.
    expect(heard).toEqual([1, 0, 1, 0]);
  });

  it('follows the finest bars of each symbol, or those that are wanted', async () => {
    const followed = async (options?: BacktestOptions) =>
      (await run(roundTrip, options)).instruments[0]?.timeframe;
    expect(await followed()).toBe('M5');
    expect(await followed({ timeframe: 'H1' })).toBe('H1');
    await expect(followed({ timeframe: 'M15' })).rejects.toThrow(
      /no M15 bars of EURUSD.*createBot\({ timeframes: \['M15'\]/,
    );
  });

  it('passes on why a run failed', async () => {
    const broken = (): never => {
      throw new Error('feed broke');
    };
    await expect(run(broken)).rejects.toThrow('feed broke');
  });
});
