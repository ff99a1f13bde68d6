import { describe, expect, it } from 'vitest';
import { countsOf, dataset, groupsOf, valuesOf } from './datasets.js';

const sizes = (description: string) => {
  const { phaseOne, phaseTwo } = dataset(description)!;
  return [phaseOne.length, phaseTwo.length];
};

describe('the descriptions of data sets', () => {
  it.each([
    ['pistonrings groups 1..25', 25, 0],
    ['pistonrings 1..25 phase I, 26..40 phase II', 25, 15],
    ['pistonrings 1..25/26..40', 25, 15],
    ['pistonrings 1..25 / 26..40', 25, 15],
    ['viscosity trial', 20, 0],
    ['viscosity trial=TRUE', 20, 0],
    ['viscosity trial + rest', 20, 15],
    ['viscosity all 30', 35, 0],
    ['orangejuice trial', 30, 0],
    ['orangejuice trial then rest', 30, 24],
    ['orangejuice trial minus {15,23}; new = rest', 28, 24],
    ['circuit trial minus {6,20}; new = rest', 24, 20],
    ['pcmanufact', 20, 0],
    ['nistFlow', 10, 0],
    ['boiler', 25, 0],
    ['stream-latency data', 600, 0],
    ['stream-latency data split at 250', 250, 350],
    ['ss-ca data', 20, 0],
    ['exp60', 60, 0],
  ])('%s has %d samples and %d to judge', (description, one, two) => {
    expect(sizes(description)).toEqual([one, two]);
  });

  it('drop values at the end of groups', () => {
    const { phaseOne } = dataset(
      'pistonrings groups 1..25 with last obs of group 2 and 7 and last two of group 11 dropped',
    )!;
    const lengths = groupsOf(phaseOne).map((group) => group.length);
    expect([lengths[1], lengths[6], lengths[10]]).toEqual([4, 4, 3]);
    expect(lengths.reduce((a, b) => a + b)).toBe(121);
    expect(phaseOne[10]?.values).toEqual([73.994, 73.998, 73.994]);
  });

  it('drop values at places of groups', () => {
    const { phaseOne } = dataset(
      'pistonrings 1..25; drop 5th obs of groups 1,2,5,11,12 and 4th+5th of 3,6,9',
    )!;
    const lengths = groupsOf(phaseOne).map((group) => group.length);
    expect(lengths.slice(0, 12)).toEqual([4, 4, 3, 5, 4, 3, 5, 5, 3, 5, 4, 4]);
    expect(lengths.slice(12).every((length) => length === 5)).toBe(true);
  });

  it('transform values, and give counts their sizes', () => {
    expect(dataset('stream-latency data, natural log')!.phaseOne[0]?.values[0]).toBe(Math.log(52.99));
    expect(valuesOf(dataset('stream-latency data + 1e9')!.phaseOne)[0]).toBe(1_000_000_052.99);
    expect(countsOf(dataset('dyedcloth')!.phaseOne)[4]).toEqual({ count: 7, size: 9.5 });
    expect(dataset('unheard-of data')).toBeUndefined();
  });
});
