import * as z from 'zod';
import { definePolicy } from '../policy-definition.js';

/**
 * Refuses entries of instruments that are not on the list. A bot that is told to run a strategy on another one does not start.
 *
 * Source: permission per instrument, Commission Delegated Regulation (EU) 2017/589 (RTS 6), Article 15.
 */
export const permittedInstruments = /* @__PURE__ */ definePolicy({
  name: 'permittedInstruments',
  about: 'Refuses entries of instruments that are not on the list.',
  settings: z.strictObject({
    symbols: z.array(z.string().min(1)).min(1).readonly().describe('symbols that may be traded'),
  }),
  codes: { INSTRUMENT_NOT_PERMITTED: 'The symbol is not among `symbols`.' },
  make: ({ symbols }) => {
    const allowed: ReadonlySet<string> = new Set(symbols);
    const limit = symbols.join(', ');
    return {
      permits: ({ symbol }) => (allowed.has(symbol) ? undefined : `${symbol} is not among ${limit}`),
      judge: ({ symbol }) =>
        allowed.has(symbol) ? undefined : { code: 'INSTRUMENT_NOT_PERMITTED', limit, actual: symbol },
    };
  },
});
