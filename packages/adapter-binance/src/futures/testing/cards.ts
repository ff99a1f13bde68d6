import { adapterCards } from '@mikrobot/testkit';
import { it } from 'vitest';
import { cardVenue } from './futures-bench.js';

/** Why a card is not for futures. */
const skips: Readonly<Record<string, string>> = {
  'O-21': 'a week of keep-alives over real sockets takes minutes',
  'O-22': 'no time in force DAY',
  'B-01': 'core keeps brackets',
  'B-02': 'core keeps brackets',
  'B-03': 'core keeps brackets',
  'B-04': 'core keeps brackets',
  'B-05': 'core keeps brackets',
  'B-06': 'core keeps brackets',
  'B-09': 'core trails',
  'B-11': 'core keeps brackets',
};

/** Cards that wait in vain for an answer, as long as they have patience. */
const waitsInVain = /^(S-02|U-03|U-04)\b/;

/** The kit's cards on the simulator, each as a test. */
export const testCards = (hedge: boolean): void => {
  // An hour passes in O-23; elsewhere time is real.
  const create = ({ id }: { readonly id: string }) => cardVenue({ hedge, stepped: id === 'O-23' });
  const allowedSkips = Object.keys(skips);
  const patient = adapterCards({ create, allowedSkips, patience: 5_000 });
  const hasty = adapterCards({ create, allowedSkips, patience: 2_000 });
  patient.forEach((card, i) => {
    it(card.title, waitsInVain.test(card.title) ? hasty[i]!.run : card.run);
  });
};
