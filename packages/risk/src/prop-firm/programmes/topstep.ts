import type { ProgrammeInput } from '../programme.js';

const combine = (size: number, loss: number, daily: number, target: number): ProgrammeInput => ({
  id: `topstep-${size}k`,
  firm: 'Topstep',
  title: `Topstep ${size}K`,
  version: '1',
  asOf: '2026-11-21',
  sources: [
    'https://tradingfunder.com/topstep-trading-combine-accounts-unique-rules/',
    'https://help.futures.topstep.com/hc/en-us/articles/8808125387923-Prohibited-Conduct',
    'https://jljejxiy.com/article/what-is-the-maximum-loss-limit-topstep-help-center/1870',
    'https://www.proptradingvibes.com/blog/topstep-best-strategies',
  ],
  notes: [
    'Amounts, target and the share of the best day are from others than the firm: compare them with your contract.',
    'The share of the best day was 40 % in older copies of the rules.',
    'Positions must be closed by 15:10 Chicago, and the number of contracts is limited: not in these data.',
    'The funded account, whose balance begins at 0, is not in these data.',
  ],
  // The day's session begins at 17:00.
  day: { zone: 'America/Chicago', time: '17:00' },
  initial: size * 1_000,
  phases: [
    {
      name: 'combine',
      target: { amount: target },
      bestDay: 0.5,
      // "Should hit or exceed": touching it is enough.
      dailyLoss: { loss: { amount: daily }, breach: 'at', ends: 'day' },
      totalLoss: { loss: { amount: loss }, trail: 'end-of-day', lockAt: 0 },
    },
  ],
});

/** Topstep-like Trading Combine of 50,000 USD: limit trailing the highest balance of a day's end, soft daily limit. */
export const topstep50: ProgrammeInput = combine(50, 2_000, 1_000, 3_000);
/** Topstep-like Trading Combine of 100,000 USD. */
export const topstep100: ProgrammeInput = combine(100, 3_000, 2_000, 6_000);
/** Topstep-like Trading Combine of 150,000 USD. */
export const topstep150: ProgrammeInput = combine(150, 4_500, 3_000, 9_000);
