import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oee } from './oee.js';
import { type OeeTimesInput, oeeOfTimes } from './oee-times.js';

// The worked example of oee.com: a shift of 480 min with 60 min of breaks, 47 min of stops, 1.0 s ideal cycle, 19,271 made, 423 rejects.
const shift: OeeTimesInput = {
  plannedTime: 420 * 60,
  stops: [{ name: 'breakdown', time: 47 * 60 }],
  idealCycleTime: 1,
  total: 19_271,
  rejects: [{ name: 'scrap', count: 423 }],
};
const badData = expect.objectContaining({ code: 'BAD_DATA' });

describe('oee', () => {
  it('is the product of its factors, and what is missing is lost to one of them', () => {
    const { oee: value, losses } = oee({ availability: 0.9, performance: 0.95, quality: 0.99 });
    expect(value).toBeCloseTo(0.84645, 14);
    expect(losses.availability).toBeCloseTo(0.1, 14);
    expect(losses.performance).toBeCloseTo(0.045, 14);
    expect(losses.quality).toBeCloseTo(0.00855, 14);
  });

  it('refuses factors outside 0 to 1', () => {
    const factors = { availability: 0.9, performance: 1.1, quality: 1 };
    expect(() => oee(factors)).toThrowError(badData);
  });
});

describe('oeeOfTimes', () => {
  it('reproduces the published example of a shift', () => {
    const result = oeeOfTimes(shift);
    expect(result.runningTime).toBe(373 * 60);
    expect(result.availability).toBeCloseTo(0.8881, 4);
    expect(result.performance).toBeCloseTo(0.8611, 4);
    expect(result.quality).toBeCloseTo(0.978, 4);
    expect(result.oee).toBeCloseTo(0.7479, 4);
  });

  it('names where the time went, the greatest loss first', () => {
    const { losses } = oeeOfTimes({ ...shift, slowdowns: [{ name: 'short stops', time: 1000 }] });
    expect(losses.map(({ name, factor, time }) => [name, factor, time])).toEqual([
      ['breakdown', 'availability', 2820],
      ['reduced speed', 'performance', 2109],
      ['short stops', 'performance', 1000],
      ['scrap', 'quality', 423],
    ]);
  });

  it('accounts for all of the planned time', () => {
    const parts = fc.record({
      stop: fc.nat(1000),
      slow: fc.nat(1000),
      unnamed: fc.nat(1000),
      good: fc.nat(1000),
      bad: fc.nat(1000),
      cycle: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(parts, ({ stop, slow, unnamed, good, bad, cycle }) => {
        const plannedTime = stop + slow + unnamed + (good + bad) * cycle;
        fc.pre(plannedTime > 0);
        const {
          oee: value,
          productiveTime,
          losses,
          availability,
          performance,
          quality,
        } = oeeOfTimes({
          plannedTime,
          stops: [{ name: 'stop', time: stop }],
          slowdowns: [{ name: 'slow', time: slow }],
          idealCycleTime: cycle,
          total: good + bad,
          rejects: [{ name: 'bad', count: bad }],
        });
        expect(productiveTime + losses.reduce((sum, { time }) => sum + time, 0)).toBe(plannedTime);
        expect(value).toBeCloseTo((availability ?? 0) * (performance ?? 0) * (quality ?? 0), 12);
      }),
    );
  });

  it('leaves factors undefined that nothing tells of', () => {
    const none = oeeOfTimes({ plannedTime: 0, idealCycleTime: 1, total: 0 });
    expect([none.availability, none.performance, none.quality, none.oee]).toEqual(Array(4).fill(undefined));
    expect(none.notes).toHaveLength(3);
    const idle = oeeOfTimes({ plannedTime: 60, idealCycleTime: 1, total: 0 });
    expect([idle.availability, idle.performance, idle.quality, idle.oee]).toEqual([1, 0, undefined, 0]);
  });

  it('refuses parts that are greater than their whole', () => {
    const wrong: Partial<OeeTimesInput>[] = [
      { stops: [{ name: 'long', time: 420 * 60 + 1 }] },
      { idealCycleTime: 2 },
      { rejects: [{ name: 'scrap', count: 19_272 }] },
      { slowdowns: [{ name: 'slow', time: 5000 }] },
      { plannedTime: Number.NaN },
    ];
    for (const part of wrong) expect(() => oeeOfTimes({ ...shift, ...part })).toThrowError(badData);
  });

  it('forgives the last digit of times that were added up', () => {
    const stops = Array.from({ length: 10 }, (_, i) => ({ name: `s${i}`, time: 0.1 }));
    const { runningTime, losses } = oeeOfTimes({ plannedTime: 1, stops, idealCycleTime: 1, total: 0 });
    expect(runningTime).toBeCloseTo(0, 12);
    expect(losses).toHaveLength(10);
  });
});
