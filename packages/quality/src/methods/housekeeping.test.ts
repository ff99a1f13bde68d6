import { describe, expect, it } from 'vitest';
import { type HousekeepingInput, housekeeping } from './housekeeping.js';
import { choresFrom, tradingChores } from './trading-housekeeping.js';

const DAY = 86_400_000;
const at = Date.UTC(2025, 6, 23);

const items: HousekeepingInput['items'] = [
  { step: 'sort', what: 'old keys', owner: 'ann', due: at - 2 * DAY, done: at - 3 * DAY },
  { step: 'sort', what: 'old strategies', owner: 'bob', due: at - 10 * DAY },
  { step: 'setInOrder', what: 'calendar', owner: 'ann', due: at },
  { step: 'shine', what: 'reconcile', owner: 'ann', due: at - DAY, done: at - DAY / 2 },
  { step: 'shine', what: 'backup', owner: 'bob', due: at - DAY / 2, done: at + 1 },
];

describe('housekeeping', () => {
  it('scores what is done, by step and by owner', () => {
    const result = housekeeping({ items, at });
    expect(result).toMatchObject({ items: 5, done: 2, doneLate: 1, score: 0.4 });
    expect(result.bySteps.sort).toEqual({ items: 2, done: 1, doneLate: 0, score: 0.5 });
    expect(result.bySteps.setInOrder).toEqual({ items: 1, done: 0, doneLate: 0, score: 0 });
    expect(result.byOwners).toEqual([
      { owner: 'ann', items: 3, done: 2, doneLate: 1, score: 2 / 3 },
      { owner: 'bob', items: 2, done: 0, doneLate: 0, score: 0 },
    ]);
  });

  it('lists what is overdue, the latest first; what is due this very moment is not', () => {
    const { overdue } = housekeeping({ items, at });
    expect(overdue.map(({ what, owner, daysLate }) => [what, owner, daysLate])).toEqual([
      ['old strategies', 'bob', 10],
      ['backup', 'bob', 0.5],
    ]);
    expect(housekeeping({ items, at: at + 1 }).overdue.map(({ what }) => what)).toEqual([
      'old strategies',
      'calendar',
    ]);
  });

  it('has no score without items', () => {
    const { score, notes } = housekeeping({ items: [], at });
    expect([score, notes[0]?.code]).toEqual([undefined, 'EMPTY']);
  });

  it('refuses items that nobody owns', () => {
    expect(() => housekeeping({ items: [{ ...items[0]!, owner: '' }], at })).toThrowError(
      expect.objectContaining({ code: 'BAD_DATA', where: 'housekeeping.items.0.owner' }),
    );
  });
});

describe('choresFrom', () => {
  it('makes a list of the chores of a trading system, each due after its interval', () => {
    const list = choresFrom(at, { sort: 'ann', setInOrder: 'bob', shine: 'cy' });
    const result = housekeeping({ items: [...list], at: at + DAY + 1 });
    expect(new Set(list.map(({ step }) => step)).size).toBe(3);
    expect(result.items).toBe(tradingChores.length);
    expect(result.overdue.length).toBe(tradingChores.filter(({ every }) => every === 1).length);
    expect(result.byOwners.map(({ owner }) => owner)).toEqual(['ann', 'bob', 'cy']);
  });
});
