import * as z from 'zod';
import * as f from './fields.js';

/** Timeframes of MT5. */
export const timeframes = [
  'M1',
  'M2',
  'M3',
  'M4',
  'M5',
  'M6',
  'M10',
  'M12',
  'M15',
  'M20',
  'M30',
  'H1',
  'H2',
  'H3',
  'H4',
  'H6',
  'H8',
  'H12',
  'D1',
  'W1',
  'MN1',
] as const;

const price = z.number().positive().nullable().meta({ wire: 'number above 0, or null' });
const time = f.serverTime.nullable().meta({ wire: 'server time, ms, or null' });
const tif = f.word(['GTC', 'DAY', 'GTD']);

/** What Node asks. The schemas say what a request must be; the EA refuses others with `BAD_REQUEST`. */
export const requests = {
  ping: z.object({}),
  symbols: z.object({
    names: z
      .array(f.symbolName)
      .max(1_000)
      .nullable()
      .meta({ wire: 'list of symbols, or null' })
      .describe('null: those of the Market Watch. Names that do not exist are left out of the answer.'),
  }),
  subscribe: z.object({ symbol: f.symbolName }),
  unsubscribe: z.object({ symbol: f.symbolName }),
  snapshot: z.object({ since: time.describe('Deals from this time on are told, too; null: none.') }),
  bars: z.object({
    symbol: f.symbolName,
    timeframe: f.word(timeframes),
    from: f.serverTime.describe('Inclusive.'),
    to: f.serverTime.describe('Exclusive.'),
    limit: z.number().int().min(1).max(5_000).meta({ wire: 'integer from 1 to 5,000' }),
  }),
  order: z.object({
    coid: f.coid,
    kind: f.word(['market', 'limit', 'stop', 'stop-limit']),
    symbol: f.symbolName,
    side: f.word(['buy', 'sell']),
    volume: z.number().positive().meta({ wire: 'number above 0' }).describe('Lots.'),
    price: price.describe('null for market orders.'),
    stopLimit: price.describe("For `stop-limit`: the limit's price."),
    sl: price.describe('Stop loss.'),
    tp: price.describe('Take profit.'),
    deviation: f.count
      .nullable()
      .meta({ wire: 'integer, 0 or more, or null' })
      .describe("Points that a market order's price may be worse; null: the input of the EA."),
    tif,
    goodTill: time.describe('For `GTD`.'),
    magic: f.magic,
    expiresAt: f.nodeTime.describe("By Node's clock: not sent to the server after that."),
    closes: z
      .array(z.object({ position: f.ticket, volume: z.number().positive() }))
      .min(1)
      .max(200)
      .nullable()
      .meta({ wire: 'list of {position: ticket, volume: lots}, or null' })
      .describe('Hedging accounts: the positions that it closes, one after the other.'),
  }),
  protect: z.object({
    coid: f.coid.describe('Names the level from now on.'),
    position: f.ticket,
    which: f.word(['sl', 'tp']),
    price: f.amount.describe('0: none. The other level stays.'),
    magic: f.magic,
  }),
  modify: z.object({
    coid: f.coid,
    order: f.ticket,
    price,
    stopLimit: price,
    sl: price,
    tp: price,
    tif,
    goodTill: time,
  }),
  cancel: z.object({ coid: f.coid, order: f.ticket }),
  query: z.object({
    coid: f.coid,
    order: f.ticket.nullable().meta({ wire: 'ticket or null' }).describe('Where it is known.'),
  }),
} as const;

/** The name of a request. */
export type RequestType = keyof typeof requests;

/** What each request says. */
export type Requests = { readonly [T in RequestType]: Readonly<z.input<(typeof requests)[T]>> };
