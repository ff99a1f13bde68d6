import { describe, expect, it } from 'vitest';
import { hasData, minuteFiles, ticksOf } from '../testing/real-data.js';
import { funnelOf, setupsOf } from '../testing/replay.js';
import { bosRetestPresets } from './params.js';
import type { Setup } from './setup.js';

const complete = minuteFiles.every(({ file }) => hasData(file));

describe.skipIf(!complete)('bos-retest on real EURUSD, GBPUSD and USDJPY', () => {
  const told = (preset: 'm5-m1' | 'h1-m15'): readonly Setup[] =>
    minuteFiles.flatMap(({ file, instrument }) =>
      setupsOf(ticksOf(file, instrument), bosRetestPresets[preset], instrument.pipSize),
    );
  const all = complete ? { 'm5-m1': told('m5-m1'), 'h1-m15': told('h1-m15') } : { 'm5-m1': [], 'h1-m15': [] };

  it.each(['m5-m1', 'h1-m15'] as const)(
    'loses setups at every phase, and each has one end (%s)',
    (preset) => {
      const funnel = funnelOf(all[preset]);
      console.info(preset, JSON.stringify(funnel));
      const { bos = 0, trigger = 0, superseded = 0 } = funnel;
      expect(bos).toBeGreaterThan(funnel.break!);
      expect(funnel.break!).toBeGreaterThan(funnel.retest!);
      expect(funnel.retest!).toBeGreaterThan(trigger);
      const failed = ['no-break', 'no-retest', 'no-trigger', 'closed-inside', 'too-deep'].map(
        (f) => funnel[f] ?? 0,
      );
      const ended = trigger + superseded + failed.reduce((a, b) => a + b);
      // At the end of each file one setup may still live.
      expect(bos - ended).toBeGreaterThanOrEqual(0);
      expect(bos - ended).toBeLessThanOrEqual(minuteFiles.length);
    },
  );

  it('gives at least 200 signals, with a good part in each direction', () => {
    const { trigger = 0, up = 0, down = 0 } = funnelOf([...all['m5-m1'], ...all['h1-m15']]);
    expect(trigger).toBeGreaterThanOrEqual(200);
    expect(Math.min(up, down)).toBeGreaterThanOrEqual(trigger / 4);
  });

  it('scores most breaks with the bias 0.8 or more, sends some to review, and some below', () => {
    const triggered = [...all['m5-m1'], ...all['h1-m15']].filter(({ trigger }) => trigger !== undefined);
    const share = (setups: readonly Setup[], from: number, to: number) =>
      setups.filter(({ trigger }) => trigger!.confidence >= from && trigger!.confidence < to).length /
      setups.length;
    const withBias = triggered.filter(({ kind }) => kind === 'BOS');
    const shares = [share(triggered, 0.8, 2), share(triggered, 0.6, 0.8), share(triggered, 0, 0.6)];
    console.info('confidence >= 0.8, 0.6 to 0.8, below:', shares.map((s) => s.toFixed(3)).join(', '));
    expect(share(withBias, 0.8, 2)).toBeGreaterThan(0.6);
    expect(shares[0]).toBeGreaterThan(0.5);
    expect(shares[1]).toBeGreaterThan(0.1);
    expect(shares[2]).toBeGreaterThan(0.01);
  });

  it('puts every stop on the far side of the extreme, 2 to 40 pips from the market', () => {
    for (const { direction, extreme, trigger } of all['m5-m1']) {
      if (trigger === undefined) continue;
      const { quote, stop } = trigger;
      const sign = direction === 'up' ? 1 : -1;
      const pip = quote.bid > 20 ? 0.01 : 0.0001;
      const entry = direction === 'up' ? quote.ask : quote.bid;
      expect(sign * (extreme! - stop)).toBeGreaterThan(0);
      expect((sign * (entry - stop)) / pip).toBeGreaterThan(2);
      expect((sign * (entry - stop)) / pip).toBeLessThan(40);
    }
  });
});
