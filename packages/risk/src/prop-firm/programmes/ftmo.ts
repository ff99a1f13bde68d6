import type { ProgrammeInput } from '../programme.js';

const objectives = 'https://ftmo.com/en/trading-objectives';

/**
 * The day rolls at midnight in Prague. The clocks of the MetaTrader servers are an hour ahead of that, so the day begins at 01:00
 * server time.
 */
const day = { zone: 'Europe/Prague', time: '00:00' };

const twoStep: Pick<ProgrammeInput['phases'][number], 'dailyLoss' | 'totalLoss'> = {
  dailyLoss: { loss: { fraction: 0.05 } },
  totalLoss: { loss: { fraction: 0.1 } },
};

/** FTMO Challenge 2-Step: both limits from the initial balance, the daily one counted from the balance at midnight. */
export const ftmoTwoStep: ProgrammeInput = {
  id: 'ftmo-2-step',
  firm: 'FTMO',
  title: 'FTMO 2-Step',
  version: '1',
  asOf: '2026-11-21',
  sources: [
    objectives,
    'https://academy.ftmo.com/lesson/maximum-daily-loss',
    'https://academy.ftmo.com/?p=47',
    'https://ftmo.com/en/faq/ftmo-account',
  ],
  notes: [
    'Read in stored copies of these pages; the date is that of reading.',
    'Windows around news and holding over weekends, which depend on the type of the account, are not in these data.',
  ],
  day,
  phases: [
    { name: 'challenge', target: { fraction: 0.1 }, tradingDays: 4, ...twoStep },
    { name: 'verification', target: { fraction: 0.05 }, tradingDays: 4, ...twoStep },
    { name: 'funded', ...twoStep },
  ],
};

const oneStep: Pick<ProgrammeInput['phases'][number], 'dailyLoss' | 'totalLoss' | 'bestDay'> = {
  dailyLoss: { loss: { fraction: 0.03 } },
  totalLoss: { loss: { fraction: 0.1 }, trail: 'end-of-day' },
  bestDay: 0.5,
};

/** FTMO Challenge 1-Step: the total limit trails the highest balance of a midnight. */
export const ftmoOneStep: ProgrammeInput = {
  id: 'ftmo-1-step',
  firm: 'FTMO',
  title: 'FTMO 1-Step',
  version: '1',
  asOf: '2026-11-21',
  sources: [
    'https://ftmo.com/au/?p=1671',
    'https://ftmo.com/au/faq/what-happens-if-the-best-day-rule-is-not-met-in-ftmo-challenge-1-step',
    'https://promo.ftmo.oanda.com/new-1-step-challenge',
  ],
  notes: [
    'Read in stored copies of these pages; the date is that of reading.',
    'Others write that the trailing limit stops at the initial balance. The firm does not say so, and without it the rule is stricter.',
    'On the funded account the best day rule decides about rewards.',
  ],
  day,
  phases: [
    { name: 'challenge', target: { fraction: 0.1 }, ...oneStep },
    { name: 'funded', ...oneStep },
  ],
};
