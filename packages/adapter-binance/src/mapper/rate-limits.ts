import * as z from 'zod';
import type { RateLimit } from '../transport/rate-window.js';
import { readVenue } from './schemas.js';

const schema = z.object({
  rateLimits: z
    .array(
      z.object({
        rateLimitType: z.string(),
        interval: z.string(),
        intervalNum: z.number().int(),
        limit: z.number().int(),
      }),
    )
    .default([]),
});

/** The limits in an answer to `exchangeInfo`. @throws {@link MikroBotError} `BAD_DATA` */
export const readRateLimits = (exchangeInfo: unknown): readonly RateLimit[] =>
  readVenue(schema, exchangeInfo, 'exchangeInfo').rateLimits;
