import * as z from 'zod';
import { definePolicy } from '../policy-definition.js';

/** Sizes every entry with the same lots, or fewer where the signal asks for fewer. */
export const fixedLots = /* @__PURE__ */ definePolicy({
  name: 'fixedLots',
  about: 'Sizes every entry with the same number of lots.',
  settings: z.strictObject({ lots: z.number().gt(0).describe('lots of each entry') }),
  codes: {},
  make: ({ lots }) => ({ judge: () => ({ cap: lots }) }),
});
