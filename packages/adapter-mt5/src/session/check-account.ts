import { type AccountMode, MikroBotError } from '@mikrobot/core';
import type { Hello } from '../protocol/from-ea.js';

/** What is wrong with the account that a terminal has; undefined when it is as the options say. */
export const accountError = (
  { account, marginMode }: Hello,
  mode: AccountMode,
): MikroBotError | undefined => {
  const actual = marginMode === 'hedging' ? 'hedging' : 'netting';
  if (actual === mode) return undefined;
  const what =
    actual === 'hedging'
      ? `account ${account} is a hedging account: it keeps several positions of one symbol`
      : `account ${account} is a netting account: it keeps one position a symbol`;
  return new MikroBotError('BAD_CONFIG', `${what}.`, {
    where: 'metatrader5, mode',
    hint: `Set mode: '${actual}'.`,
  });
};

/** No terminal came. */
export const noTerminal = (account: string, within: number): MikroBotError =>
  new MikroBotError(
    'PREFLIGHT_FAILED',
    `no terminal with account ${account} has connected in ${within / 1_000} seconds.`,
    {
      where: 'metatrader5',
      hint:
        'Check in MetaTrader 5 that MikroBot_Bridge is on a chart, that algo trading is on, that the bridge’s address is among the ' +
        'allowed URLs (Tools, Options, Expert Advisors), that InpSecret is the bridge’s secret, and that this account is logged in.',
    },
  );

/** The start was given up. */
export const aborted = (cause: unknown): MikroBotError =>
  new MikroBotError('PREFLIGHT_FAILED', 'the start was aborted.', { where: 'metatrader5', cause });
