import * as z from 'zod';
import { accountFigures } from './account-figures.js';
import * as f from './fields.js';
import { dealRecord, orderRecord, positionEvent } from './records.js';

const version = z.number().int().min(1).max(1_000).meta({ wire: 'integer' });

/** The EA's answer to the challenge. */
export const hello = z.object({
  protoMin: version.describe('The oldest version that it speaks.'),
  protoMax: version.describe('The newest version that it speaks.'),
  ea: f.text.describe('Name and version of the EA.'),
  build: f.count.describe('Of the terminal.'),
  account: f.account,
  server: f.text.describe("The broker's trade server."),
  company: f.text,
  currency: z.string().min(1).max(16).meta({ wire: 'text' }),
  currencyDigits: z.number().int().min(0).max(8).meta({ wire: 'integer' }),
  leverage: f.amount,
  tradeMode: f.word(['demo', 'contest', 'real']),
  marginMode: f.word(['netting', 'exchange', 'hedging']),
  epoch: z
    .union([z.string().min(1).max(64), z.number().int()])
    .transform(String)
    .meta({ wire: 'text' })
    .describe('New with each start of the EA, as its ring of events is in memory.'),
  firstSeq: f.count.describe(
    'The oldest trade event that can be sent again; above `lastSeq` when there is none.',
  ),
  lastSeq: f.count.describe('The newest trade event; 0 at the start.'),
  offset: f.offset.describe("How far the server's clock is ahead of UTC."),
  nonce: f.nonce,
  mac: f.macText,
});

/** What an EA says of itself. */
export type Hello = Readonly<z.output<typeof hello>>;

const beat = z.object({
  connected: f.flag.describe('Whether the terminal has a line to its trade server.'),
  tradeAllowed: f.flag.describe('Whether terminal, account and EA may trade.'),
  offset: f.offset,
  lag: f.count.describe('Trade events that wait to be sent.'),
});

/** The EA's sign of life. */
export type Beat = Readonly<z.output<typeof beat>>;

const log = z.object({ level: f.word(['info', 'warn', 'error']), text: f.text });

/** A note of the EA, for people. */
export type Log = Readonly<z.output<typeof log>>;

/** Trade events: they carry `seq`, come in order, and are sent again after a break of the line. */
export const tradeEvents = { deal: dealRecord, order: orderRecord, position: positionEvent } as const;

/** What else the EA says without being asked. */
export const notices = {
  resumed: z.object({
    from: f.count.describe('The first event that was sent again.'),
    to: f.count.describe('The last one; below `from` when there was none.'),
  }),
  reset: z.object({
    lastSeq: f.count.describe('Events up to this number are not sent again: take a snapshot.'),
  }),
  beat,
  account: accountFigures,
  log,
  bye: z.object({ code: z.string().max(40).meta({ wire: 'WORD' }), detail: f.maybeText }),
} as const;
