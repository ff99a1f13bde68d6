import { type Bar, BarBuilder, type Instrument, type Quote, roundPrice } from '@mikrobot/core';
import { BosRetestMachine, type BosRetestRules, type Setup } from '@mikrobot/strategies';

/** A signal, as both the machine and the expert advisor tell it. Times in epoch ms UTC. */
export interface SignalRow {
  readonly direction: 'BUY' | 'SELL';
  readonly kind: string;
  readonly level: number;
  readonly bosAt: number;
  readonly breakAt: number;
  readonly breakHigh: number;
  readonly breakLow: number;
  readonly retestAt: number;
  readonly extreme: number;
  readonly triggerAt: number;
  readonly bid: number;
  readonly ask: number;
  readonly stop: number;
  readonly confidence: number;
}

/** What one source says of one run: its signals, and every state of every setup as a line. */
export interface Told {
  readonly signals: readonly SignalRow[];
  readonly states: readonly string[];
}

/** A state of a setup as the expert advisor's log writes it. */
const stateLine = (setup: Setup, decimals: number): string => {
  const { phase, failure, direction, kind, level, confirmedAt, bosAt } = setup;
  const { breakAt = 0, retestAt = 0, extreme = 0 } = setup;
  const times = `at=${confirmedAt} bos=${bosAt} break=${breakAt} retest=${retestAt}`;
  return `setup ${phase} ${failure ?? ''} ${direction} ${kind} level=${level.toFixed(decimals)} ${times} extreme=${extreme.toFixed(decimals)}`;
};

/** What the TypeScript strategy's machine tells when a bot's bar builder feeds it these ticks. */
export const machineTold = (ticks: readonly Quote[], rules: BosRetestRules, instrument: Instrument): Told => {
  const machine = new BosRetestMachine(rules, instrument.pipSize);
  const builder = new BarBuilder(instrument.symbol, [rules.structure, rules.entry]);
  const setups: Setup[] = [];
  const entryBars = new Map<number, Bar>();
  const tell = (setup: Setup | undefined): void => {
    if (setup !== undefined) setups.push(setup);
  };
  builder
    .series(rules.structure)
    .bars.observable.subscribe((bar) => setups.push(...machine.structureBar(bar)));
  builder.series(rules.entry).bars.observable.subscribe((bar) => {
    entryBars.set(bar.closeTime, bar);
    tell(machine.entryBar(bar));
  });
  for (const tick of ticks) {
    builder.tick(tick.time, tick.bid, tick.ask, 1);
    tell(machine.tick(tick));
  }
  const rowOf = (setup: Setup): readonly SignalRow[] => {
    const { trigger, direction, kind, level, bosAt } = setup;
    if (trigger === undefined) return [];
    const up = direction === 'up';
    const broke = entryBars.get(setup.breakAt!)!;
    return [
      {
        direction: up ? 'BUY' : 'SELL',
        kind,
        level,
        bosAt,
        breakAt: setup.breakAt!,
        breakHigh: broke.high,
        breakLow: broke.low,
        retestAt: setup.retestAt!,
        extreme: setup.extreme!,
        triggerAt: setup.triggerAt!,
        bid: trigger.quote.bid,
        ask: trigger.quote.ask,
        // The strategy puts the stop on the grid in the same way before it signals.
        stop: roundPrice(instrument, trigger.stop, up ? 'down' : 'up'),
        confidence: trigger.confidence,
      },
    ];
  };
  return {
    signals: setups.flatMap(rowOf),
    states: setups.map((setup) => stateLine(setup, instrument.priceDecimals)),
  };
};
