import { type Clock, MikroBotError, type Random } from '@mikrobot/core';
import * as z from 'zod';
import type { ContractSpec } from './contracts/contract-spec.js';
import type { HistoryProgress } from './history/history.js';

/** Where TWS or IB Gateway is, and who connects. */
export interface ConnectionOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 4002: Gateway, paper. TWS has 7497 for paper; 4001 and 7496 are the live ones. */
  readonly port?: number;
  /**
   * Names this program to TWS, from 1 to 999,999. Orders belong to it: keep it the same for ever, and give each program its own.
   */
  readonly clientId: number;
  /** The account to trade, such as `DU1234567`. Needed where a login has several, and for one with real money. */
  readonly account?: string;
  /** Ms until TWS must have told its accounts and the next order id. Default 10,000. */
  readonly connectTimeout?: number;
  /** Ms between two questions whether TWS is alive. Default 3,000. */
  readonly heartbeat?: number;
  /** Ms of silence after such a question until the connection counts as dead. Default 8,000. */
  readonly silence?: number;
  /** Messages that are sent in any second at most; TWS takes 50. Default 45. */
  readonly messagesPerSecond?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Draws the jitter of pauses. Default: seeded by the time of the start. */
  readonly random?: Random;
}

/** How an account at Interactive Brokers is used. */
export interface InteractiveBrokersOptions extends ConnectionOptions {
  /** What is traded or watched, by the symbols that the bot uses: `{ NQ: future('NQ', { exchange: 'CME' }), AAPL: stock('AAPL') }`. */
  readonly contracts: Readonly<Record<string, ContractSpec>>;
  /** Takes data that is 10 to 20 minutes late where live data is not subscribed to; the line then counts as degraded. Default false. */
  readonly delayedData?: boolean;
  /** Places and changes no orders, whatever the bot decides; cancels still go out. Default false. */
  readonly readOnly?: boolean;
  /**
   * Asks TWS at the start what margin an order for each contract would take, which finds missing permissions early. Nothing is placed.
   * Default true.
   */
  readonly checkMargin?: boolean;
  /** Ms that an order command waits for its answer before it counts as unknown. Default 4,000. */
  readonly answerTimeout?: number;
  /** Ms after which an order that was sent on a line that then broke counts as absent, if TWS does not know it. Default 5,000. */
  readonly absentAfter?: number;
  /** Told while past bars are read: TWS takes few requests, so that long spans take minutes. */
  readonly onHistoryProgress?: (progress: HistoryProgress) => void;
}

const ms = (least: number, most: number) => z.number().min(least).max(most).optional();

const shape = z.strictObject({
  host: z.string().min(1).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  clientId: z.number().int().min(1).max(999_999),
  account: z
    .string()
    .regex(/^[A-Z]{1,4}\d{1,12}[A-Za-z]?$/, 'is no account id, such as DU1234567')
    .optional(),
  connectTimeout: ms(100, 300_000),
  heartbeat: ms(100, 60_000),
  silence: ms(100, 300_000),
  messagesPerSecond: z.number().int().min(3).max(50).optional(),
  clock: z.custom<Clock>((value) => typeof (value as Clock | undefined)?.arm === 'function').optional(),
  random: z.custom<Random>((value) => typeof value === 'function').optional(),
  contracts: z.record(
    z.string().min(1),
    z.custom<ContractSpec>((value) => typeof value === 'object' && value !== null),
  ),
  delayedData: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  checkMargin: z.boolean().optional(),
  answerTimeout: ms(50, 60_000),
  absentAfter: ms(0, 600_000),
  onHistoryProgress: z.custom<unknown>((value) => typeof value === 'function').optional(),
});

/**
 * Checks all options but what contracts say.
 * @throws `MikroBotError` `BAD_CONFIG`, naming the first option that cannot be
 */
export const checkOptions = (options: InteractiveBrokersOptions): void => {
  const checked = shape.safeParse(options);
  if (checked.success) return;
  const [issue] = checked.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new MikroBotError('BAD_CONFIG', `${issue?.message ?? 'cannot be read'}.`, {
    where: `interactiveBrokers${option === '' ? '' : `, ${option}`}`,
  });
};
