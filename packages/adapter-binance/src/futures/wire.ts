import * as z from 'zod';

/** A decimal of the venue, as a number: figures of accounts, which nothing is sent of. */
const figure = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform(Number);

const time = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number);

/** `GET /fapi/v1/time`. */
export const timeSchema = z.object({ serverTime: time });

/** `GET /fapi/v1/accountConfig`. */
export const accountConfigSchema = z.object({
  canTrade: z.boolean(),
  dualSidePosition: z.boolean(),
  multiAssetsMargin: z.boolean(),
});

/** `GET /fapi/v3/balance`: asked for the account's name alone. */
export const balancesSchema = z.array(z.object({ accountAlias: z.string(), asset: z.string() }));

/** `GET /fapi/v1/symbolConfig`. */
export const symbolConfigsSchema = z.array(
  z.object({ symbol: z.string(), marginType: z.string(), leverage: z.number() }),
);

/** `GET /fapi/v3/account`. */
export const accountSchema = z.object({
  totalInitialMargin: figure,
  totalWalletBalance: figure,
  totalMarginBalance: figure,
  assets: z.array(
    z.object({
      asset: z.string(),
      walletBalance: figure,
      marginBalance: figure,
      initialMargin: figure,
      updateTime: time,
    }),
  ),
});

/** `GET /fapi/v3/positionRisk`. */
export const positionsSchema = z.array(
  z.object({
    symbol: z.string(),
    positionSide: z.enum(['BOTH', 'LONG', 'SHORT']),
    positionAmt: figure,
    entryPrice: figure,
    unRealizedProfit: figure,
    updateTime: time,
  }),
);

/** `GET /fapi/v1/order`: when it was created, beside what the mapper reads. */
export const createdSchema = z.object({ time: time.optional() });

/** `POST /fapi/v1/listenKey`. */
export const listenKeySchema = z.object({ listenKey: z.string().min(1) });

/** `GET /fapi/v1/ticker/price`. */
export const priceSchema = z.object({ symbol: z.string(), price: figure });

/** `GET /fapi/v1/ticker/bookTicker`. */
export const bookTickerSchema = z.object({ bidPrice: figure, askPrice: figure, time });

/** `ACCOUNT_UPDATE`: what changed of balances and positions, and why. */
export const accountUpdateSchema = z.object({
  E: time,
  a: z.object({
    m: z.string(),
    B: z.array(z.object({ a: z.string(), wb: figure })).default([]),
    P: z
      .array(
        z.object({
          s: z.string(),
          pa: figure,
          ep: figure,
          up: figure,
          ps: z.enum(['BOTH', 'LONG', 'SHORT']),
        }),
      )
      .default([]),
  }),
});

/** `ACCOUNT_CONFIG_UPDATE`: leverage of a symbol, or the mode of margin. */
export const accountConfigUpdateSchema = z.object({
  ac: z.object({ s: z.string(), l: z.number() }).optional(),
  ai: z.object({ j: z.boolean() }).optional(),
});

/** `MARGIN_CALL`: positions that come close to their liquidation. */
export const marginCallSchema = z.object({
  p: z.array(
    z
      .object({ s: z.string(), pa: figure, mp: figure, up: figure, mm: figure })
      .transform(({ s, pa, mp, up, mm }) => ({
        symbol: s,
        quantity: pa,
        markPrice: mp,
        floating: up,
        maintenance: mm,
      })),
  ),
});

export type AccountFigures = z.output<typeof accountSchema>;
export type PositionFigures = z.output<typeof positionsSchema>[number];
export type AccountUpdate = z.output<typeof accountUpdateSchema>;
