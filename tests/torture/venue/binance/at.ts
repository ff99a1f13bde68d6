import * as z from 'zod';

/** Where a Binance venue of the kill test is reached. */
export const binanceAtSchema = z.object({ rest: z.string(), wsApi: z.string(), streams: z.string() });

/** See {@link binanceAtSchema}. */
export type BinanceAt = z.output<typeof binanceAtSchema>;
