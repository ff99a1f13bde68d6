import * as z from 'zod';
import * as f from './fields.js';

/** `ENUM_SYMBOL_TRADE_EXECUTION` as words. Source: mql5.com/en/docs/constants/environment_state/marketinfoconstants. */
const executionModes = ['request', 'instant', 'market', 'exchange'] as const;

/** `ENUM_SYMBOL_TRADE_MODE` as words; same source. */
const tradeModes = ['disabled', 'long-only', 'short-only', 'close-only', 'full'] as const;

/** `ENUM_SYMBOL_CALC_MODE` as words; same source. */
const calcModes = [
  'forex',
  'forex-no-leverage',
  'futures',
  'cfd',
  'cfd-index',
  'cfd-leverage',
  'exchange-stocks',
  'exchange-futures',
  'exchange-futures-forts',
  'exchange-bonds',
  'exchange-stocks-moex',
  'exchange-bonds-moex',
  'serv-collateral',
] as const;

const words = (known: readonly string[]) =>
  z
    .array(z.string().max(40))
    .max(32)
    .meta({ wire: `list of ${known.map((one) => `\`${one}\``).join(' ')}` });

const positive = z.number().positive().meta({ wire: 'number above 0' });

/** The contract of a symbol, as the broker has it now. */
export const symbolRecord = z.object({
  symbol: f.symbolName,
  digits: z.number().int().min(0).max(15).meta({ wire: 'integer' }).describe('Decimals of its prices.'),
  point: positive.describe('The last of these decimals.'),
  tickSize: positive.describe('Grid of its prices.'),
  tickValue: f.amount.describe('What a tick is worth for a lot, in account currency.'),
  contractSize: positive.describe('Units of a lot.'),
  volumeMin: positive.describe('Lots.'),
  volumeMax: positive.describe('Lots.'),
  volumeStep: positive.describe('Lots.'),
  volumeLimit: f.amount.describe('Lots that may be open in one direction; 0: no limit.'),
  stopsLevel: f.amount.describe('Points that a pending order, stop or target must be away from the price.'),
  freezeLevel: f.amount.describe('Points from the price within which nothing can be changed.'),
  execution: f.word(executionModes),
  filling: words(['fok', 'ioc']),
  expiration: words(['gtc', 'day', 'specified', 'specified-day']),
  orderModes: words(['market', 'limit', 'stop', 'stop-limit', 'sl', 'tp', 'close-by']),
  tradeMode: f.word(tradeModes),
  calc: f.openWord(calcModes),
  base: f.text.describe('Currency that is bought and sold.'),
  profit: f.text.describe('Currency of profit.'),
  margin: f.text.describe('Currency of margin.'),
  description: f.maybeText,
  path: f.maybeText,
  swapMode: f.openWord(['disabled', 'points']),
  swapLong: f.money,
  swapShort: f.money,
  swapRollover: z
    .number()
    .int()
    .min(0)
    .max(6)
    .meta({ wire: 'integer' })
    .describe('Day of the triple swap; 0: Sunday.'),
  marginInitial: f.amount,
  marginMaintenance: f.amount,
  marginHedged: f.amount,
  bid: f.maybePrice,
  ask: f.maybePrice,
});

/** See {@link symbolRecord}. */
export type SymbolRecord = z.output<typeof symbolRecord>;

/** A bar: server time of its open, ms; open, high, low and close; ticks; spread in points. */
export const barRow = z
  .tuple([f.serverTime, f.amount, f.amount, f.amount, f.amount, f.amount, f.amount])
  .refine(
    ([, open, high, low, close]) => low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close),
  );

/** See {@link barRow}. */
export type BarRow = z.output<typeof barRow>;
