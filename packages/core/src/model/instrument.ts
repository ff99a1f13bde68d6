import * as z from 'zod';
import { MikroBotError } from '../errors/mikrobot-error.js';
import { decimalsOf } from './grid.js';

/** What kind of thing an instrument is; risk defaults and reports are grouped by it. */
export const assetClasses = [
  'forex',
  'cfd-indices',
  'cfd-crypto',
  'cfd-metals',
  'cfd-energies',
  'cfd-shares',
  'cfd-bonds',
  'cfd-etfs',
  'cfd-agricultural',
  'crypto',
  'future',
  'stock',
  'option',
] as const;

/** See {@link assetClasses}. */
export type AssetClass = (typeof assetClasses)[number];

const positive = z.number().positive();

const fields = z.strictObject({
  symbol: z.string().min(1),
  assetClass: z.enum(assetClasses),
  /** Currency or asset that one unit buys, where it is one (EUR of EURUSD). Found from the symbol when left out. */
  base: z.string().min(1).optional(),
  /** Currency in which the price is quoted, and in which profit arises before conversion. */
  currency: z.string().min(3),
  /** Units of the underlying in one lot (100,000 for a standard FX lot, 1 for a share). */
  contractSize: positive,
  /** Smallest price step; with `priceBands`, the step below the first band. */
  tickSize: positive,
  /** Coarser steps from a price on, ascending: `[{ from: 1000, tickSize: 0.5 }]`. */
  priceBands: z
    .array(z.strictObject({ from: positive, tickSize: positive }))
    .readonly()
    .default([]),
  /** What traders call a pip of this instrument, in price. */
  pipSize: positive,
  /** Smallest step of a quantity, in lots. */
  quantityStep: positive,
  minQuantity: positive,
  maxQuantity: positive,
  /** Smallest value of an entry (price x lots x contract size), in the quote currency. */
  minNotional: z.number().min(0).default(0),
  /** Margin as a fraction of the notional value (0.0333 at a leverage of 30). */
  marginRate: z.number().min(0).max(1).default(0),
  /** Overnight financing, in price points of one lot a night (positive: received). `tripleDay` is the weekday (0 = Sunday) whose roll counts three nights. */
  swap: z
    .strictObject({ long: z.number(), short: z.number(), tripleDay: z.number().int().min(0).max(6) })
    .default({ long: 0, short: 0, tripleDay: 3 }),
});

/** For instruments from outside (broker data, configuration). Unknown keys are refused by name. */
export const instrumentSchema = fields
  .refine((i) => i.maxQuantity >= i.minQuantity, {
    path: ['maxQuantity'],
    error: 'It is below minQuantity',
  })
  .refine(({ priceBands }) => priceBands.every(({ from }, i) => i === 0 || from > priceBands[i - 1]!.from), {
    path: ['priceBands'],
    error: 'The bands do not ascend',
  });

/** What an author writes; see {@link instrumentSchema} for units. */
export type InstrumentInput = z.input<typeof instrumentSchema>;

/** A tradable thing and its grid. Made by {@link defineInstrument}; frozen, with all that is in it. */
export interface Instrument extends Readonly<Omit<z.output<typeof instrumentSchema>, 'base'>> {
  readonly base: string | undefined;
  /** Decimals of a price on the finest grid. */
  readonly priceDecimals: number;
  /** Decimals of a quantity. */
  readonly quantityDecimals: number;
}

const EXCHANGED: ReadonlySet<AssetClass> = new Set(['forex', 'crypto', 'cfd-crypto', 'cfd-metals']);

/** `EURUSD` quoted in USD is bought in EUR. */
const baseOf = (symbol: string, currency: string, assetClass: AssetClass): string | undefined =>
  EXCHANGED.has(assetClass) && symbol.endsWith(currency) && symbol.length > currency.length + 2
    ? symbol.slice(0, -currency.length).replace(/[^A-Za-z0-9]/g, '')
    : undefined;

/**
 * Checks and freezes an instrument.
 * @throws {@link MikroBotError} `BAD_CONFIG` naming the field that is wrong.
 */
export const defineInstrument = (input: InstrumentInput): Instrument => {
  const parsed = instrumentSchema.safeParse(input);
  if (!parsed.success) {
    const { message, path } = parsed.error.issues[0]!;
    const name = `instrument ${String((input as { symbol?: unknown } | null | undefined)?.symbol)}`;
    throw new MikroBotError('BAD_CONFIG', `${message}.`, {
      where: path.length === 0 ? name : `${name}, field ${path.join('.')}`,
      cause: parsed.error,
    });
  }
  const data = parsed.data;
  const steps = [data.tickSize, ...data.priceBands.map((b) => b.tickSize)];
  return Object.freeze({
    ...data,
    priceBands: Object.freeze(data.priceBands.map((band) => Object.freeze(band))),
    swap: Object.freeze(data.swap),
    base: data.base ?? baseOf(data.symbol, data.currency, data.assetClass),
    priceDecimals: Math.max(...steps.map(decimalsOf)),
    quantityDecimals: decimalsOf(data.quantityStep),
  });
};

const FIGURES = [
  'contractSize',
  'tickSize',
  'pipSize',
  'quantityStep',
  'minQuantity',
  'maxQuantity',
] as const;

/** The first figure of an instrument that makes no sense; adapters may have made it without {@link defineInstrument}. */
export const badFigure = (instrument: Instrument): 'marginRate' | (typeof FIGURES)[number] | undefined => {
  const { marginRate } = instrument;
  if (!(marginRate >= 0 && marginRate < Number.POSITIVE_INFINITY)) return 'marginRate';
  return FIGURES.find((field) => !(instrument[field] > 0 && instrument[field] < Number.POSITIVE_INFINITY));
};
