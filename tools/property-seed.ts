import fc from 'fast-check';

/**
 * Property tests draw the same cases each time, so that a change is judged by what it does and not by luck. Another `FC_SEED` draws
 * others: `npm run test:seeds` looks for cases that nobody has seen.
 */
const { FC_SEED = '8128' } = process.env;
fc.configureGlobal({ seed: Number(FC_SEED) });
