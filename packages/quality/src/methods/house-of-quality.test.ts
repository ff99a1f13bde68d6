import { describe, expect, it } from 'vitest';
import { type HouseOfQualityInput, houseOfQuality } from './house-of-quality.js';
import { planningMatrix } from './planning-matrix.js';

const house: HouseOfQualityInput = {
  needs: [
    { need: 'fills at the price I see', importance: 5 },
    { need: 'never without a stop', importance: 3 },
    { need: 'I can explain each trade', importance: 2 },
  ],
  hows: ['latency', 'slippage model', 'journal', 'colours'],
  relationships: [
    [9, 3, 0, 0],
    [3, 0, 1, 0],
    [0, 0, 9, 0],
  ],
};
const badData = expect.objectContaining({ code: 'BAD_DATA' });

describe('houseOfQuality', () => {
  it('adds importance times relationship by column', () => {
    const { importance } = houseOfQuality(house);
    // By hand: 5*9 + 3*3, 5*3, 3*1 + 2*9, nothing; 90 together.
    expect(importance.map(({ absolute }) => absolute)).toEqual([54, 15, 21, 0]);
    expect(importance.map(({ relative }) => relative)).toEqual([0.6, 15 / 90, 21 / 90, 0]);
    expect(importance.map(({ rank }) => rank)).toEqual([1, 3, 2, 4]);
  });

  it('gives equal characteristics the better rank', () => {
    const relationships: (0 | 1 | 3 | 9)[][] = [[3, 9, 3, 1]];
    const { importance } = houseOfQuality({ ...house, needs: house.needs.slice(0, 1), relationships });
    expect(importance.map(({ rank }) => rank)).toEqual([2, 1, 2, 4]);
  });

  it('lists the conflicts of the roof by what is at stake', () => {
    const { conflicts } = houseOfQuality({
      ...house,
      roof: [
        { between: [1, 2], correlation: '-' },
        { between: [0, 1], correlation: '+' },
        { between: [0, 2], correlation: '--' },
      ],
    });
    expect(conflicts).toEqual([
      { hows: ['latency', 'journal'], correlation: '--', weight: 75 },
      { hows: ['slippage model', 'journal'], correlation: '-', weight: 36 },
    ]);
  });

  it('names needs that nothing serves and characteristics that serve nothing', () => {
    const relationships: (0 | 1 | 3 | 9)[][] = [
      [9, 3, 0, 0],
      [3, 0, 1, 0],
      [0, 0, 0, 0],
    ];
    const { unmetNeeds, needlessHows } = houseOfQuality({ ...house, relationships });
    expect([unmetNeeds, needlessHows]).toEqual([['I can explain each trade'], ['colours']]);
  });

  it('has no relative importance in an empty house', () => {
    const { importance, notes } = houseOfQuality({ needs: [], hows: ['latency'], relationships: [] });
    expect(importance).toEqual([{ how: 'latency', absolute: 0, relative: undefined, rank: 1 }]);
    expect(notes).toEqual([expect.objectContaining({ code: 'EMPTY' })]);
  });

  it('refuses a house that does not fit together', () => {
    const broken: Partial<HouseOfQualityInput>[] = [
      { relationships: [[9, 3, 0, 0]] },
      { relationships: [[9], [3], [1]] },
      { relationships: [[9, 3, 0, 5 as 9], ...house.relationships.slice(1)] },
      { roof: [{ between: [0, 4], correlation: '-' }] },
      { roof: [{ between: [1, 1], correlation: '-' }] },
    ];
    for (const part of broken) expect(() => houseOfQuality({ ...house, ...part })).toThrowError(badData);
  });
});

describe('planningMatrix', () => {
  it('multiplies importance, improvement ratio and sales point', () => {
    const { needs } = planningMatrix({
      needs: [
        { need: 'a', importance: 4, current: 2, goal: 5, salesPoint: 1.5 },
        { need: 'b', importance: 5, current: 4, goal: 4 },
      ],
    });
    expect(needs).toEqual([
      { need: 'a', improvementRatio: 2.5, rawWeight: 15, normalised: 0.75 },
      { need: 'b', improvementRatio: 1, rawWeight: 5, normalised: 0.25 },
    ]);
  });

  it('cannot improve on nothing, and weighs nothing where nothing matters', () => {
    const need = { need: 'a', importance: 0, current: 1, goal: 2 };
    expect(planningMatrix({ needs: [need] }).notes).toEqual([expect.objectContaining({ code: 'EMPTY' })]);
    expect(() => planningMatrix({ needs: [{ ...need, current: 0 }] })).toThrowError(badData);
  });
});
