import type { ProgrammeInput } from '../programme.js';

const limits: Pick<ProgrammeInput['phases'][number], 'dailyLoss' | 'totalLoss' | 'profitableDays'> = {
  // "Reaching any of these limits" ends the account.
  dailyLoss: { loss: { fraction: 0.05 }, of: 'start', from: 'higher', breach: 'at' },
  totalLoss: { loss: { fraction: 0.1 }, breach: 'at' },
  profitableDays: { days: 3, profit: { fraction: 0.005 } },
};

/** The5ers High Stakes: the daily limit counts from the day's balance or equity, whichever is higher. */
export const the5ersHighStakes: ProgrammeInput = {
  id: 'the5ers-high-stakes',
  firm: 'The5ers',
  title: 'The5ers High Stakes',
  version: '1',
  asOf: '2026-11-21',
  sources: [
    'https://help.the5ers.com/what-is-the-maximum-loss-and-the-maximum-daily-loss-in-the-high-stakes-program',
    'https://propfirmnetwork.com/?p=4412234',
    'https://www.propfirmlabs.com/firms/The5ers',
  ],
  notes: [
    'The loss limits are from the firm, targets and profitable days from others.',
    'The firm writes "5PM EST or 00:00 server time". Servers that keep 00:00 at the close of New York follow its summer time, and so does the roll here.',
    'Orders within two minutes of news are forbidden: not in these data.',
  ],
  day: { zone: 'America/New_York', time: '17:00' },
  phases: [
    { name: 'step-1', target: { fraction: 0.08 }, ...limits },
    { name: 'step-2', target: { fraction: 0.05 }, ...limits },
    { name: 'funded', ...limits },
  ],
};
