import type { RiskPolicy } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { maxDailyLoss } from './account/max-daily-loss.js';
import { allOf } from './all-of.js';
import { programmes } from './prop-firm/programmes.js';
import { propFirm } from './prop-firm/prop-firm.js';
import { unlimited } from './safe-defaults.js';
import { fixedFractional } from './sizing/fixed-fractional.js';

const names = (policies: readonly RiskPolicy[]): readonly string[] => policies.map(({ name }) => name);

describe('allOf', () => {
  it('keeps the order in which verdicts are to be listed, also of lists in lists', () => {
    const quiet = (name: string): RiskPolicy => ({ name, judge: () => undefined });
    const all = allOf(quiet('a'), [quiet('b'), quiet('c')], quiet('d'));
    expect(names(all).slice(0, 4)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives an account without limits conservative ones, and says so', () => {
    const all = allOf(fixedFractional());
    expect(names(all)).toEqual([
      'fixedFractional',
      'maxTradeRisk',
      'maxDailyLoss',
      'maxDrawdown',
      'maxPositions',
      'maxLeverage',
    ]);
    expect(all[0]?.notice).toBeUndefined();
    expect(all[2]?.notice).toContain('nothing limited the loss of a day');
    expect(all[2]?.notice).toContain('"fraction":0.05');
    for (const policy of all.slice(1)) expect(policy.notice).toContain("unlimited('");
  });

  it('adds nothing where somebody has thought of it', () => {
    const all = allOf(fixedFractional(), maxDailyLoss({ fraction: 0.02 }));
    expect(all.filter(({ name }) => name === 'maxDailyLoss')).toHaveLength(1);
    expect(all.find(({ name }) => name === 'maxDailyLoss')?.notice).toBeUndefined();
    const firm = allOf(fixedFractional(), propFirm({ programme: programmes.ftmoTwoStep, initial: 100_000 }));
    expect(names(firm)).not.toContain('maxDailyLoss');
    expect(names(firm)).not.toContain('maxDrawdown');
    expect(names(firm)).toContain('maxTradeRisk');
  });

  it('leaves an area unlimited only where that is said, with its reason', () => {
    const all = allOf(fixedFractional(), unlimited('leverage', 'cash account'));
    expect(names(all)).not.toContain('maxLeverage');
    expect(all[1]).toMatchObject({
      name: 'unlimited(leverage)',
      notice: 'nothing limits the leverage: cash account',
    });
  });
});
