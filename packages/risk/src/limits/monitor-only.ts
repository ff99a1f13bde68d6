import * as z from 'zod';
import { definePolicy } from '../policy-definition.js';

/** For people: without the dust of binary fractions. */
const shown = (value: number): string => `${Number(value.toPrecision(10))}`;

/**
 * Lets a bot watch: every signal is validated and judged by all policies, and the decision says what they would have allowed, but
 * nothing is entered. What reduces a position passes, as it passes every policy.
 */
export const monitorOnly = /* @__PURE__ */ definePolicy({
  name: 'monitorOnly',
  about: 'Refuses every entry: the bot watches and decides, and enters nothing.',
  settings: z.strictObject({}),
  codes: { MONITOR_ONLY: 'The bot only watches. `actual` is the entry that it did not make.' },
  make: () => ({
    judge: ({ side, quantity, symbol, price }) => ({
      code: 'MONITOR_ONLY',
      limit: 'no entries',
      actual: `${side} ${Number.isFinite(quantity) ? `${shown(quantity)} ` : ''}${symbol} at ${shown(price)}`,
    }),
  }),
});
