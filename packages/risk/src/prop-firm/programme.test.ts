import { describe, expect, it } from 'vitest';
import { phaseRules } from './phase-rules.js';
import { type ProgrammeInput, programmeSchema } from './programme.js';
import { programmes } from './programmes.js';

const own: ProgrammeInput = {
  id: 'mine',
  firm: 'Me',
  title: 'My rules',
  version: '1',
  asOf: '2026-01-31',
  sources: [],
  day: { zone: 'Europe/Prague', time: '00:00' },
  phases: [{ name: 'only', totalLoss: { loss: { amount: 500 } } }],
};
const refused = (change: object): string | undefined => {
  const result = programmeSchema.safeParse({ ...own, ...change });
  return result.success ? undefined : result.error.issues[0]?.message;
};

describe('the programmes of the package', () => {
  const all = Object.values(programmes);

  it('are plain JSON, each with an id of its own, its sources and the date of reading', () => {
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(new Set(all.map((p) => p.id)).size).toBe(7);
    for (const programme of all) {
      expect(programme.sources.length).toBeGreaterThan(0);
      expect(programme.notes.length).toBeGreaterThan(0);
      expect(programme.asOf).toBe('2026-11-21');
    }
  });

  it('count a loss of FTMO from the balance at midnight in Prague, as a fraction of the initial balance', () => {
    expect(programmes.ftmoTwoStep.day).toEqual({ zone: 'Europe/Prague', time: '00:00' });
    expect(phaseRules(programmes.ftmoTwoStep, 'verification', 200_000)).toEqual({
      programme: 'ftmo-2-step',
      title: 'FTMO 2-Step',
      phase: 'verification',
      initial: 200_000,
      day: { zone: 'Europe/Prague', time: '00:00' },
      dailyLoss: { loss: { amount: 10_000 }, from: 'balance', breach: 'below', ends: 'account' },
      totalLoss: { loss: 20_000, trail: 'static', ceiling: Number.POSITIVE_INFINITY, breach: 'below' },
      target: 10_000,
      tradingDays: 4,
      profitableDays: undefined,
      bestDay: undefined,
    });
  });

  it('ask a challenge of FTMO for 10 %, its verification for 5 %, and a funded account for nothing', () => {
    const asked = (phase: string) => {
      const { target, tradingDays } = phaseRules(programmes.ftmoTwoStep, phase, 100_000);
      return [target, tradingDays];
    };
    expect(asked('challenge')).toEqual([10_000, 4]);
    expect(asked('verification')).toEqual([5_000, 4]);
    expect(asked('funded')).toEqual([undefined, 0]);
  });

  it('trail the balance of a midnight in the 1-Step of FTMO, and look at the best day', () => {
    for (const phase of ['challenge', 'funded']) {
      const rules = phaseRules(programmes.ftmoOneStep, phase, 100_000);
      expect(rules.dailyLoss).toMatchObject({ loss: { amount: 3_000 }, ends: 'account' });
      expect(rules.totalLoss).toMatchObject({ loss: 10_000, trail: 'end-of-day', ceiling: Infinity });
      expect(rules.bestDay).toBe(0.5);
      expect(rules.target).toBe(phase === 'challenge' ? 10_000 : undefined);
    }
  });

  it.each([
    [programmes.topstep50, 50_000, 2_000, 1_000, 3_000],
    [programmes.topstep100, 100_000, 3_000, 2_000, 6_000],
    [programmes.topstep150, 150_000, 4_500, 3_000, 9_000],
  ])(
    'lock a combine softly for the day and stop trailing at its size: %#',
    (programme, size, loss, daily, aim) => {
      const rules = phaseRules(programme);
      expect(rules).toMatchObject({ phase: 'combine', initial: size, target: aim });
      expect(rules.day).toEqual({ zone: 'America/Chicago', time: '17:00' });
      expect(rules.totalLoss).toEqual({ loss, trail: 'end-of-day', ceiling: size, breach: 'below' });
      expect(rules.dailyLoss).toEqual({
        loss: { amount: daily },
        from: 'balance',
        breach: 'at',
        ends: 'day',
      });
    },
  );

  it('trail the equity of an Apex-like evaluation, without a daily limit', () => {
    const rules = phaseRules(programmes.apex50);
    expect(rules.dailyLoss).toBeUndefined();
    expect(rules.totalLoss).toEqual({ loss: 2_500, trail: 'intraday', ceiling: Infinity, breach: 'at' });
    expect([rules.target, rules.tradingDays]).toEqual([3_000, 7]);
    expect(rules.day).toEqual({ zone: 'America/Chicago', time: '17:00' });
  });

  it('take the daily loss of The5ers from what the day starts with, and count days with 0.5 %', () => {
    const rules = phaseRules(programmes.the5ersHighStakes, 'step-2', 100_000);
    expect(rules.dailyLoss).toEqual({
      loss: { ofStart: 0.05 },
      from: 'higher',
      breach: 'at',
      ends: 'account',
    });
    expect(rules.totalLoss).toMatchObject({ loss: 10_000, trail: 'static', breach: 'at' });
    expect(rules.profitableDays).toEqual({ days: 3, profit: 500 });
    expect(rules.day).toEqual({ zone: 'America/New_York', time: '17:00' });
    const target = (phase: string) => phaseRules(programmes.the5ersHighStakes, phase, 100_000).target;
    expect(['step-1', 'step-2', 'funded'].map(target)).toEqual([8_000, 5_000, undefined]);
  });
});

describe('a programme of one’s own', () => {
  it('needs little: what is left out is a static limit that only going below breaks', () => {
    const rules = phaseRules(programmeSchema.parse(own), undefined, 10_000);
    expect(rules).toMatchObject({ phase: 'only', dailyLoss: undefined, target: undefined, tradingDays: 0 });
    expect(rules.totalLoss).toEqual({ loss: 500, trail: 'static', ceiling: Infinity, breach: 'below' });
  });

  it('stops trailing so much above the initial balance as it says', () => {
    const phases = [{ name: 'only', totalLoss: { loss: { amount: 500 }, trail: 'end-of-day', lockAt: 100 } }];
    const programme = programmeSchema.parse({ ...own, phases });
    expect(phaseRules(programme, 'only', 10_000).totalLoss.ceiling).toBe(10_100);
  });

  it('takes a daily amount as it is, whatever fractions would be of', () => {
    const dailyLoss = { loss: { amount: 250 }, of: 'start' };
    const phases = [{ name: 'only', dailyLoss, totalLoss: { loss: { fraction: 0.1 } } }];
    const rules = phaseRules(programmeSchema.parse({ ...own, phases }), 'only', 10_000);
    expect(rules.dailyLoss).toEqual({
      loss: { amount: 250 },
      from: 'balance',
      breach: 'below',
      ends: 'account',
    });
  });

  it('is refused with a misspelt field, a day that is none, a bad date, or phases that are missing or share a name', () => {
    expect(refused({})).toBeUndefined();
    expect(refused({ dailyLos: 1 })).toMatch(/dailyLos/);
    expect(refused({ day: { zone: 'Europe/Prag', time: '00:00' } })).toBe(
      'It is not a time of day in an IANA zone',
    );
    expect(refused({ day: { zone: 'Europe/Prague', time: '25:00' } })).toBe(
      'It is not a time of day in an IANA zone',
    );
    expect(refused({ asOf: '31.1.2026' })).toBeDefined();
    expect(refused({ phases: [] })).toBe('A programme needs phases, each with a name of its own');
    expect(refused({ phases: [own.phases[0], own.phases[0]] })).toMatch(/a name of its own/);
    for (const loss of [
      { fraction: 0 },
      { fraction: 1.1 },
      { amount: 0 },
      { amount: -1 },
      { fraction: 0.1, amount: 5 },
    ])
      expect(refused({ phases: [{ name: 'only', totalLoss: { loss } }] })).toBeDefined();
    expect(refused({ phases: [{ name: 'only', totalLoss: { loss: { fraction: 1 } } }] })).toBeUndefined();
  });

  it('is refused for a phase that it has not, an account without a size, and another size than its own', () => {
    const { ftmoTwoStep, topstep50 } = programmes;
    expect(() => phaseRules(ftmoTwoStep, 'final', 1)).toThrow(
      /FTMO 2-Step has no phase "final".*There are challenge, verification, funded/s,
    );
    expect(() => phaseRules(ftmoTwoStep)).toThrow(
      /the initial balance is missing.*Losses are measured from it/s,
    );
    expect(() => phaseRules(topstep50, 'combine', 100_000)).toThrow(
      /Topstep 50K is for accounts of 50000, not of 100000.*take the programme of your size/s,
    );
    expect(phaseRules(topstep50, 'combine', 50_000).initial).toBe(50_000);
  });
});
