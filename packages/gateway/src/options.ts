import { type Bot, type Clock, MikroBotError, type Secrets } from '@mikrobot/core';

/** Options of {@link pureSignals}. Without a key or an HMAC secret it refuses to start: anybody could trade. */
export interface PureSignalsOptions {
  /** The bot that the signals are proposed to. */
  readonly bot: Pick<Bot, 'command' | 'decisions$'>;
  /** Where the secrets come from. */
  readonly secrets: Secrets;
  /** Name of the secret that senders give as header `X-API-Key`. */
  readonly apiKey?: string;
  /** Name of the secret that senders sign with; see the headers `X-Timestamp` and `X-Signature` in the documentation. */
  readonly hmacSecret?: string;
  /** Addresses or networks (`10.0.0.0/8`) that may send. Default: this machine only. */
  readonly allow?: readonly string[];
  /** Requests that one address may make in a minute. Default 60. */
  readonly perMinute?: number;
  /** Ms that an answer waits for the bot's decision, 0 or more; what is decided later stands in the journal. Default 150. */
  readonly waitForDecision?: number;
  /** Ms by which a signed request may be old or early. Default 300,000. */
  readonly maxSkew?: number;
  /** Path of the door. Default `/api/v1/pure-signal`. */
  readonly path?: string;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** What went wrong with the options, as an error that names the plugin. */
export const badOption = (sentence: string, where: string, hint: string): MikroBotError =>
  new MikroBotError('BAD_CONFIG', sentence, { where: `pure signals, ${where}`, hint });

/** A number that must be finite and not below its least. */
export const checkNumber = (value: number, least: number, where: string): number => {
  if (Number.isFinite(value) && value >= least) return value;
  throw badOption(`${value} is no number of at least ${least}.`, where, 'Leave it out for the default.');
};
