import type { CsvFiles } from '@mikrobot/backtest';
import { parseMoney, type Strategy } from '@mikrobot/core';
import { type CostPreset, costPresets } from '@mikrobot/matching';
import { bosRetestPresets, strategies } from '@mikrobot/strategies';
import { type DataOptions, filesOf } from '../data-options.js';
import { reading, UsageError } from '../failures.js';

/** The options of `mikrobot backtest` as they are typed. */
export interface BacktestCommandOptions extends DataOptions {
  readonly strategy: string;
  readonly param?: readonly string[];
  readonly preset?: string;
  readonly costs?: string;
  readonly balance: string;
  readonly currency: string;
  readonly lots: string;
  readonly risk?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
  readonly report?: string;
  readonly replies: 'sync' | 'async';
  readonly brackets: 'native' | 'none';
  readonly mode: 'netting' | 'hedging';
  readonly quality: 'watch' | 'pause' | 'off';
}

/** A back-test that can be run. */
export interface BacktestPlan {
  readonly files: readonly CsvFiles[];
  readonly strategy: Strategy;
  readonly params: object;
  /** Undefined: those that are typical of the first instrument. */
  readonly costs: CostPreset | undefined;
  /** Exact text, account currency. */
  readonly balance: string;
  readonly currency: string;
  readonly lots: number;
  /** Fraction of the balance that an entry may lose at its stop; undefined: fixed lots without limits. */
  readonly risk: number | undefined;
  /** Epoch ms; infinite where there is no bound. */
  readonly from: number;
  readonly to: number;
  readonly replies: 'sync' | 'async';
  readonly brackets: 'native' | 'none';
  readonly mode: 'netting' | 'hedging';
  /** Whether the bot's own process is measured, and whether that may stop it. */
  readonly quality: 'watch' | 'pause' | 'off';
}

const list = (names: Iterable<string>): string => [...names].join(', ');

/** Parameter sets that a strategy is published with. */
const presets: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'bos-retest': bosRetestPresets,
};

const strategyNamed = (name: string): Strategy => {
  const strategy = Object.hasOwn(strategies, name) ? strategies[name] : undefined;
  if (strategy !== undefined) return strategy;
  throw new UsageError(
    `--strategy: There is no strategy "${name}". Use one of ${list(Object.keys(strategies))}.`,
  );
};

const presetNamed = (strategy: string, name: string | undefined): object => {
  if (name === undefined) return {};
  const own = presets[strategy] ?? {};
  if (Object.hasOwn(own, name)) return own[name] as object;
  const names = list(Object.keys(own));
  throw new UsageError(
    `--preset: ${strategy} has no preset "${name}". ${names === '' ? 'Leave it out.' : `Use one of ${names}.`}`,
  );
};

const costsNamed = (name: string | undefined): CostPreset | undefined => {
  if (name === undefined) return undefined;
  const names = list(Object.keys(costPresets));
  if (Object.hasOwn(costPresets, name)) return name as CostPreset;
  throw new UsageError(`--costs: There is no cost model "${name}". Use one of ${names}.`);
};

const paramValue = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'on') return true;
  if (text === 'false' || text === 'off') return false;
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
};

/** `key=value` texts as an object. The strategy's own schema says what is right. */
export const paramsOf = (texts: readonly string[]): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1)
        throw new UsageError(`--param: "${text}" is no key=value. Write it as in --param rMultiple=2.`);
      return [text.slice(0, at), paramValue(text.slice(at + 1))];
    }),
  );

/** A day or moment in UTC, `2022-08-15` or `2022-08-15T07:00`, as epoch ms. */
export const momentOf = (option: string, text: string): number => {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)Z?)?$/.exec(text);
  const time = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2] ?? '00:00'}Z`);
  // Date.parse takes 31 February for 2 March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(parts?.[1] ?? '')) return time;
  throw new UsageError(
    `${option}: "${text}" is no day or time in UTC. Write it as 2022-08-15 or 2022-08-15T07:00.`,
  );
};

/** What of a schema helps to write a parameter right. */
interface Described {
  readonly shape?: Readonly<Record<string, { readonly description?: string | undefined }>>;
}

/** Checked here too, so that a wrong parameter is told before a file is opened. */
const checkedParams = (strategy: Strategy, params: object): object => {
  try {
    return reading(() => strategy.bind('', params).params);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { shape = {} } = strategy.params as Described;
    const wrong = Object.keys(shape).find((name) => error.message.includes(`parameter ${name}:`));
    const about = wrong === undefined ? undefined : shape[wrong]?.description;
    const help = wrong === undefined ? `Known are ${list(Object.keys(shape))}.` : (about ?? '');
    throw new UsageError(`${error.message} ${help}`, { cause: error.cause });
  }
};

const periodOf = ({ from, to }: BacktestCommandOptions): Pick<BacktestPlan, 'from' | 'to'> => {
  const period = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : momentOf('--from', from),
    to: to === undefined ? Number.POSITIVE_INFINITY : momentOf('--to', to),
  };
  if (period.from < period.to) return period;
  throw new UsageError(`--from ${from} is not before --to ${to}. Swap them.`);
};

const positive = (option: string, text: string): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`${option}: "${text}" is no number above 0. Write it as in ${option} 0.1.`);
};

const fraction = (option: string, text: string): number => {
  const value = positive(option, text);
  if (value <= 1) return value;
  throw new UsageError(
    `${option}: "${text}" is more than all. Write a fraction, as in ${option} 0.0055 for 0.55 %.`,
  );
};

/**
 * Reads the command line of `mikrobot backtest`.
 * @throws UsageError naming the option that is wrong and what to write
 */
export const planOf = (options: BacktestCommandOptions): BacktestPlan => {
  const strategy = strategyNamed(options.strategy);
  const params = { ...presetNamed(options.strategy, options.preset), ...paramsOf(options.param ?? []) };
  positive('--balance', options.balance);
  reading(() => parseMoney(options.balance, options.currency), '--balance');
  return {
    files: filesOf(options),
    strategy,
    params: checkedParams(strategy, params),
    costs: costsNamed(options.costs),
    balance: options.balance,
    currency: options.currency,
    lots: positive('--lots', options.lots),
    risk: options.risk === undefined ? undefined : fraction('--risk', options.risk),
    ...periodOf(options),
    replies: options.replies,
    brackets: options.brackets,
    mode: options.mode,
    quality: options.quality,
  };
};
