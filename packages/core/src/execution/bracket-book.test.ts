import { expect, it } from 'vitest';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { openDesk } from '../testing/open-desk.js';
import { BracketBook } from './bracket-book.js';
import { newBracket } from './bracket-state.js';

it('adjusts the legs of the side that the adjustment was approved for, though the position has turned since', () => {
  const { desk, assess, trade } = openDesk();
  const instrument = desk.book.instrument('EURUSD')!;
  const opened = (given: object) => newBracket(assess(given) as ApprovedOrder, instrument, 0);
  const long = opened({ side: 'buy' });
  const short = opened({ side: 'sell', stop: 1.11, target: 1.08 });
  trade(2);
  const adjustment = assess({
    intent: 'adjust',
    side: undefined,
    stop: 1.095,
    target: undefined,
  }) as ApprovedOrder;
  const book = new BracketBook();
  for (const bracket of [long, short]) book.add(bracket);
  expect(book.adjusted(adjustment)).toEqual([long]);
  expect([long.wanted.stop, short.wanted.stop]).toEqual([1.095, 1.11]);
});
