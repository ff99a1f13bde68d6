import type { ProgrammeInput } from '../programme.js';

/** Apex-like evaluation of 50,000 USD: the limit trails the highest equity, with what floated. */
export const apex50: ProgrammeInput = {
  id: 'apex-50k',
  firm: 'Apex Trader Funding',
  title: 'Apex 50K',
  version: '1',
  asOf: '2026-11-21',
  sources: [
    'https://grizzlyparrottrading.com',
    'https://eatsip365.com/what-is-the-top-apex-trading-evaluation-rule',
    'https://eatsip365.com/understanding-every-apex-trading-rule',
  ],
  notes: [
    'All from others than the firm: compare it with your contract.',
    'Some write that the floor stops at the initial balance. Here it trails without end, which is stricter.',
    'Sources do not say whether touching the floor is enough. Here it is, which is stricter.',
    'The roll is the begin of the futures session, 17:00 Chicago; it only matters for counting days.',
  ],
  day: { zone: 'America/Chicago', time: '17:00' },
  initial: 50_000,
  phases: [
    {
      name: 'evaluation',
      target: { amount: 3_000 },
      tradingDays: 7,
      totalLoss: { loss: { amount: 2_500 }, trail: 'intraday', breach: 'at' },
    },
  ],
};
