import type { BotConfig, BoundRun, Run } from '../bot.js';
import { MikroBotError } from '../errors/mikrobot-error.js';
import { draftFields } from '../model/signal.js';

/** What is wrong with a draft of somebody whom no compiler has checked. */
export const slipIn = (draft: unknown): string | undefined => {
  if (typeof draft !== 'object' || draft === null || draft instanceof Promise) {
    return draft instanceof Promise
      ? 'a promise; signals are decided at once'
      : `${String(draft)}, which is no draft`;
  }
  const unknown = Object.keys(draft).find((field) => !draftFields.has(field));
  return unknown === undefined ? undefined : `a draft with the unknown field "${unknown}"`;
};

/** @throws `MikroBotError` `BAD_CONFIG` where a bot could not do anything, or not be kept from anything. */
export const checkConfig = ({ run, risk }: BotConfig): void => {
  const wrong = (what: string, hint: string): never => {
    throw new MikroBotError('BAD_CONFIG', what, { where: 'createBot', hint });
  };
  if (!Array.isArray(run) || run.length === 0) {
    wrong('`run` is empty.', "Name a strategy and a symbol: run: [{ strategy, symbol: 'EURUSD' }].");
  }
  if (risk === undefined || (Array.isArray(risk) && risk.length === 0)) {
    wrong('`risk` is missing.', 'Give at least one policy, as in risk: fixedQuantity({ lots: 0.1 }).');
  }
};

/** Symbols that one run alone trades. */
export const symbolsOfOneRun = (runs: readonly BoundRun[]): ReadonlySet<string> => {
  const symbols = runs.map((run) => run.symbol);
  return new Set(symbols.filter((symbol) => symbols.indexOf(symbol) === symbols.lastIndexOf(symbol)));
};

/** The runs with their strategies bound. @throws `MikroBotError` `BAD_CONFIG` for wrong parameters and names used twice. */
export const bindRuns = (runs: readonly Run[]): readonly BoundRun[] => {
  const bound = runs.map(({ strategy, symbol, params, name }) => ({
    ...strategy.bind(symbol, params),
    owner: name ?? `${strategy.name}:${symbol}`,
  }));
  const twice = bound.find((run, i) => bound.findIndex((other) => other.owner === run.owner) !== i);
  if (twice === undefined) return bound;
  throw new MikroBotError('BAD_CONFIG', `two runs are called "${twice.owner}".`, {
    where: 'createBot, run',
    hint: 'Give one of them another `name`: each run has its own position.',
  });
};
