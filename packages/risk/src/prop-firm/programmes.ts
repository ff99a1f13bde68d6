import { type Programme, type ProgrammeInput, programmeSchema } from './programme.js';
import { apex50 } from './programmes/apex.js';
import { ftmoOneStep, ftmoTwoStep } from './programmes/ftmo.js';
import { the5ersHighStakes } from './programmes/the5ers.js';
import { topstep50, topstep100, topstep150 } from './programmes/topstep.js';

const read = (input: ProgrammeInput): Programme => programmeSchema.parse(input);

/**
 * The programmes that come with the package. They are what was read at their `asOf`, not what a firm promises today: compare
 * their `sources` with your contract, and where it differs, write yours.
 */
export const programmes = {
  ftmoTwoStep: /* @__PURE__ */ read(ftmoTwoStep),
  ftmoOneStep: /* @__PURE__ */ read(ftmoOneStep),
  topstep50: /* @__PURE__ */ read(topstep50),
  topstep100: /* @__PURE__ */ read(topstep100),
  topstep150: /* @__PURE__ */ read(topstep150),
  apex50: /* @__PURE__ */ read(apex50),
  the5ersHighStakes: /* @__PURE__ */ read(the5ersHighStakes),
} as const satisfies Readonly<Record<string, Programme>>;
