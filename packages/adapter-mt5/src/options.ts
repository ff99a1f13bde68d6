import { type AccountMode, type Clock, MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { Terminal } from './bridge/terminal.js';
import type { HistoryProgress } from './history/history.js';
import { MAGIC_BASE } from './orders/names.js';

/** Where terminals are reached: made by `mt5Bridge()`. One bridge serves several accounts. */
export interface TerminalSource {
  /** Waits for the account's terminal from now on. @throws `MikroBotError` */
  open(account: string): Promise<Terminal>;
}

/** How an account in MetaTrader 5 is used. */
export interface MetaTrader5Options {
  readonly bridge: TerminalSource;
  /** The account's number, as the terminal's title shows it. */
  readonly account: string;
  /** How the account keeps positions; must be as it is at the broker. Default `'hedging'`. */
  readonly mode?: AccountMode;
  /** The symbols that are traded or watched, with the broker's suffixes. Default: all of the terminal's Market Watch. */
  readonly symbols?: readonly string[];
  /**
   * IANA name of the trade server's zone, such as `'Europe/Athens'`. Without it all times are taken by the offset that the terminal sees
   * now: bars of another season are then an hour off.
   */
  readonly serverTimeZone?: string;
  /** Ms in which the terminal must have connected. Default 30,000. */
  readonly terminalWithin?: number;
  /** Points that a market order's price may be worse than the one that the terminal saw. Default 10. */
  readonly deviation?: number;
  /** Where the magic numbers of this bot begin; the bridge EA has the same input. Default 770,000,000,000. */
  readonly magic?: number;
  /** Ms after which an order that has not left the EA is not sent any more. Default 5,000. */
  readonly submitWithin?: number;
  /** Ms that a command waits for its answer before it counts as unknown. Default 10,000. */
  readonly answerTimeout?: number;
  /** Told while past bars are read. */
  readonly onHistoryProgress?: (progress: HistoryProgress) => void;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** Options with all that was left out. */
export type Settings = Required<
  Pick<
    MetaTrader5Options,
    | 'bridge'
    | 'account'
    | 'mode'
    | 'terminalWithin'
    | 'deviation'
    | 'magic'
    | 'submitWithin'
    | 'answerTimeout'
  >
> &
  Pick<MetaTrader5Options, 'symbols' | 'serverTimeZone' | 'onHistoryProgress' | 'clock'>;

const ms = (most: number) => z.number().int().min(50).max(most);

const shape = z.strictObject({
  bridge: z.custom<TerminalSource>(
    (value) => typeof (value as TerminalSource | undefined)?.open === 'function',
    {
      error: 'is no bridge: make one by mt5Bridge()',
    },
  ),
  account: z.string().regex(/^\d{1,20}$/, 'is no account number, such as 5000001'),
  mode: z.enum(['hedging', 'netting']).default('hedging'),
  symbols: z.array(z.string().min(1).max(64)).min(1).max(1_000).optional(),
  serverTimeZone: z.string().min(1).optional(),
  terminalWithin: ms(3_600_000).default(30_000),
  deviation: z.number().int().min(0).max(1_000_000).default(10),
  magic: z
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER - 2 ** 31)
    .default(MAGIC_BASE),
  submitWithin: ms(600_000).default(5_000),
  answerTimeout: ms(600_000).default(10_000),
  onHistoryProgress: z
    .custom<(progress: HistoryProgress) => void>((value) => typeof value === 'function')
    .optional(),
  clock: z.custom<Clock>((value) => typeof (value as Clock | undefined)?.arm === 'function').optional(),
});

/**
 * Checks the options and fills in what was left out.
 * @throws `MikroBotError` `BAD_CONFIG`, naming the first option that cannot be
 */
export const settingsOf = (options: MetaTrader5Options): Settings => {
  const checked = shape.safeParse(options);
  if (checked.success) return checked.data as Settings;
  const [issue] = checked.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new MikroBotError('BAD_CONFIG', `${issue?.message ?? 'cannot be read'}.`, {
    where: `metatrader5${option === '' ? '' : `, ${option}`}`,
  });
};
