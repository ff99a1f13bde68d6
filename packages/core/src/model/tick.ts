import * as z from 'zod';

/** Best bid and ask at a moment. Prices in the instrument's quote currency, `time` in epoch ms UTC. */
export interface Quote {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
}

/** One change of the best bid or ask. `volume` is what traded or was counted with it (0 when the source has none). */
export interface Tick extends Quote {
  readonly symbol: string;
  readonly volume: number;
}

/** For ticks from outside; inside, the type is trusted. */
export const tickSchema = z
  .object({
    symbol: z.string().min(1),
    time: z.number().nonnegative(),
    bid: z.number().positive(),
    ask: z.number().positive(),
    volume: z.number().nonnegative().default(0),
  })
  .refine((t) => t.ask >= t.bid, 'the ask is below the bid (crossed quote)');
