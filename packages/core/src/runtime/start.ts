import { filter, type Observable } from 'rxjs';
import type { Bot, BoundRun } from '../bot.js';
import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Timeframe } from '../market/timeframe.js';
import type { Instrument } from '../model/instrument.js';
import type { Fill } from '../model/order.js';
import { signalFactory } from '../signal/signal-factory.js';
import { type StrategyContext, strategyPosition } from '../signal/strategy.js';
import { within } from './within.js';

const checkInstruments = (bot: Bot): void => {
  const { book, adapter } = bot.desk;
  const policies = 'judge' in bot.config.risk ? [bot.config.risk] : bot.config.risk;
  for (const { symbol } of bot.runs) {
    const instrument = book.instrument(symbol);
    if (instrument === undefined) {
      throw new MikroBotError('UNKNOWN_INSTRUMENT', `${adapter.name} has no instrument ${symbol}.`, {
        hint: 'Check the spelling, or give the adapter the instrument.',
      });
    }
    for (const policy of policies) {
      const objection = policy.permits?.(instrument);
      if (objection === undefined) continue;
      throw new MikroBotError('PREFLIGHT_FAILED', `${policy.name} can never trade ${symbol}: ${objection}.`);
    }
  }
};

/** Phase 1: adapter reachable, account authorised, instruments exist, lots permitted. */
const preflight = async (bot: Bot, abort: AbortSignal): Promise<void> => {
  bot.become('preflight', 'start');
  await bot.desk.connect(abort);
  checkInstruments(bot);
};

const timeframesOf = (bot: Bot, symbol: string): readonly Timeframe[] => {
  const own = bot.runs.filter((run) => run.symbol === symbol).flatMap((run) => run.timeframes);
  return [...new Set([...own, ...(bot.config.timeframes ?? [])])];
};

const contextOf = (bot: Bot, run: BoundRun): StrategyContext => {
  const { desk } = bot;
  const { symbol, owner } = run;
  const fills$: Observable<Fill> = bot.fills$.pipe(filter((fill) => fill.owner === owner));
  return {
    symbol,
    instrument: desk.book.instrument(symbol) as Instrument,
    ticks$: desk.markets.ticks(symbol),
    bars$: (timeframe) => desk.markets.bars(symbol, timeframe),
    fills$,
    position: strategyPosition(() => desk.book.position(symbol, owner)),
    signal: signalFactory(symbol),
    get quote() {
      return desk.book.quote(symbol);
    },
    now: () => desk.loop.now,
    scheduler: desk.scheduler(owner),
  };
};

const startStrategy = (bot: Bot, run: BoundRun): void => {
  const failed = (error: unknown): void => {
    bot.desk.issue('STRATEGY_FAILED', `${run.owner}: ${String(error)}`, run.symbol);
  };
  try {
    run.signals(contextOf(bot, run)).subscribe({
      next: (draft) => bot.raise(draft, { source: run.owner, origin: 'strategy' }),
      error: failed,
    });
  } catch (error) {
    failed(error);
  }
};

/** Instruments whose prices convert profits into the account's currency, and that no run watches. */
const conversionsOf = ({ desk: { book } }: Bot, symbols: readonly string[]): ReadonlySet<string> => {
  const { currency } = book.account();
  const routes = symbols.flatMap((symbol) =>
    book.route((book.instrument(symbol) as Instrument).currency, currency),
  );
  return new Set(routes.filter((symbol) => !symbols.includes(symbol)));
};

/** Phase 2: the streams run and the strategies listen. */
const configure = (bot: Bot): void => {
  const { desk } = bot;
  bot.become('configuring', 'preflight passed');
  const symbols = [...new Set(bot.runs.map((run) => run.symbol))];
  const dayRoll = bot.config.dayRoll;
  for (const symbol of symbols) desk.markets.watch(symbol, timeframesOf(bot, symbol), { dayRoll });
  for (const symbol of conversionsOf(bot, symbols)) desk.markets.watch(symbol, []);
  for (const run of bot.runs) startStrategy(bot, run);
};

/** Phase 3: the venue has shown a sign of life since the streams were asked for. */
const confirm = async (bot: Bot, abort: AbortSignal): Promise<void> => {
  const { desk } = bot;
  const { adapter } = desk;
  bot.become('confirming', 'configured');
  const alive = new Promise<void>((resolve) => {
    adapter.once('heartbeat', resolve);
    adapter.once('tick', () => resolve());
  });
  for (const symbol of desk.markets.symbols()) {
    await within(desk, `subscribing ${symbol}`, abort, adapter.subscribe({ symbol }));
  }
  await within(desk, 'waiting for a heartbeat', abort, alive);
};

/** Starts a bot in three phases; it is active only when the third has passed. */
export const start = async (bot: Bot, abort: AbortSignal): Promise<void> => {
  await preflight(bot, abort);
  configure(bot);
  await confirm(bot, abort);
  bot.desk.loop.enter(() => {
    bot.become('active', 'the venue is alive');
    // Somebody may have stopped it before it began.
    const { halted } = bot.book;
    if (halted !== undefined) bot.become('halted', halted);
    else if (bot.desk.paused) bot.become('paused', 'paused before the start');
    bot.desk.policies.start();
    bot.desk.resume();
    bot.settle();
  });
};
