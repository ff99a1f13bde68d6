import { type Clock, MikroBotError, type Secrets, systemClock } from '@mikrobot/core';
import * as z from 'zod';
import { LINE_LIMIT } from '../protocol/fields.js';

/** How terminals reach the bridge. */
export interface Mt5BridgeOptions {
  /**
   * Default `127.0.0.1`: terminals of this machine. The line is authenticated but not encrypted, so that another address is for a network
   * of your own.
   */
  readonly host?: string;
  /** Default 9555. 0 takes any that is free, and keeps it. */
  readonly port?: number;
  /**
   * Where the secrets come from that a terminal has to prove: `MT5_SECRET_<account>`, else `MT5_SECRET`; 16 characters or more. Each is
   * asked for when its account is opened.
   */
  readonly secrets: Secrets;
  /** Ms between two signs of life to a terminal. Default 2,000. */
  readonly beat?: number;
  /** Ms of silence after which a terminal counts as gone. Default 6,000. */
  readonly silence?: number;
  /** Ms that a connection has for its handshake, and then again to send missed events. Default 5,000. */
  readonly handshakeWithin?: number;
  /** Bytes that a line may have. Default 65,536, which is the most. */
  readonly lineLimit?: number;
  /** Connections at a time, those in their handshake among them. Default 64. */
  readonly maxConnections?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

const ms = z.number().min(10).max(600_000).optional();

const shape = z.strictObject({
  host: z.string().min(1).optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  secrets: z.custom<Secrets>(
    (value) => typeof (value as Secrets | undefined)?.get === 'function',
    'has no get()',
  ),
  beat: ms,
  silence: ms,
  handshakeWithin: ms,
  lineLimit: z.number().int().min(4_096).max(LINE_LIMIT).optional(),
  maxConnections: z.number().int().min(1).max(10_000).optional(),
  clock: z.custom<Clock>((value) => typeof (value as Clock | undefined)?.arm === 'function').optional(),
});

/**
 * Checks all options, and fills in what was left out.
 * @throws `MikroBotError` `BAD_CONFIG`, naming the first option that cannot be
 */
export const fullOptions = (options: Mt5BridgeOptions): Required<Mt5BridgeOptions> => {
  const checked = shape.safeParse(options);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const option = issue?.path.join('.') ?? '';
    throw new MikroBotError('BAD_CONFIG', `${issue?.message ?? 'cannot be read'}.`, {
      where: `mt5Bridge${option === '' ? '' : `, ${option}`}`,
    });
  }
  const full = {
    host: '127.0.0.1',
    port: 9_555,
    beat: 2_000,
    silence: 6_000,
    handshakeWithin: 5_000,
    lineLimit: LINE_LIMIT,
    maxConnections: 64,
    clock: systemClock(),
    ...options,
  };
  if (full.silence > full.beat) return full;
  throw new MikroBotError(
    'BAD_CONFIG',
    `${full.silence} ms of silence are not above a beat of ${full.beat} ms.`,
    { where: 'mt5Bridge, silence' },
  );
};
