import * as z from 'zod';

/** Where a TWS of the kill test is reached. */
export const twsAtSchema = z.object({ host: z.string(), port: z.number() });

/** See {@link twsAtSchema}. */
export type TwsAt = z.output<typeof twsAtSchema>;
