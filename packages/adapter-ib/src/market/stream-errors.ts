import { MikroBotError } from '@mikrobot/core';

/** What an error or a notice means for a market data stream. */
export type StreamTrouble =
  /** No data comes, and none will by itself. */
  | 'refused'
  /** Something is missing; prices may come all the same. */
  | 'partial'
  /** Told of a stream that goes on. */
  | 'notice';

const subscribeHint =
  'Subscribe to its market data in the Client Portal (and sign the API acknowledgement), or set `delayedData: true`.';

/** Sources: TWS API, Message Codes; texts as TWS prints them. */
const troubles: ReadonlyMap<number, readonly [StreamTrouble, hint: string]> = new Map([
  [
    101,
    ['refused', 'The account has used all its market data lines: end other streams, also in TWS itself.'],
  ],
  [200, ['refused', 'TWS does not know this contract (any more).']],
  [300, ['notice', '']],
  [321, ['refused', 'TWS could not read the request.']],
  [354, ['refused', subscribeHint]],
  [420, ['refused', subscribeHint]],
  [504, ['refused', 'TWS is not connected.']],
  [10089, ['refused', subscribeHint]],
  [10090, ['partial', subscribeHint]],
  [10167, ['notice', '']],
  [10168, ['refused', subscribeHint]],
  [10182, ['refused', 'TWS was not connected to its servers.']],
  [10186, ['refused', subscribeHint]],
  [10187, ['refused', subscribeHint]],
  [10189, ['refused', `Tick-by-tick data needs the permission for it. ${subscribeHint}`]],
  [
    10190,
    [
      'refused',
      'The account has used all its tick-by-tick streams: leave `tickByTick` out of some contracts.',
    ],
  ],
  [
    10197,
    [
      'refused',
      'The same user is logged in elsewhere and has the market data there: log out there, or give the API a user of its own.',
    ],
  ],
] as const);

/** What a code means for a stream; one that is not known is taken as a notice, as TWS warns of many things. */
export const troubleOf = (code: number): StreamTrouble => troubles.get(code)?.[0] ?? 'notice';

/** Why a symbol has no market data. */
export const streamError = (symbol: string, code: number, text: string): MikroBotError =>
  new MikroBotError('PREFLIGHT_FAILED', `TWS gives no market data: ${text} (${code}).`, {
    where: symbol,
    hint: troubles.get(code)?.[1],
  });
