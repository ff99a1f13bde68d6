import { MikroBotError } from '@mikrobot/core';
import { defer, from, mergeMap, type OperatorFunction } from 'rxjs';
import * as z from 'zod';
import { readSaved } from '../saved.js';
import type { ChartKind, ChartPoint, RunningChart } from './chart.js';
import { type PhaseOne, phaseOne } from './phase-one.js';
import { checkRules, type RuleSet } from './rules.js';

/** Where in its life a chart is: `one` collects for limits, `two` judges by frozen ones. */
export type Phase = 'one' | 'two';

/** A point with the phase that its sample came in. */
export type ControlChartPoint<Point extends ChartPoint = ChartPoint> = Point & { readonly phase: Phase };

/** Options of {@link ControlChart} and {@link controlChart}. */
export interface ControlChartOptions<Sample, Design, Point extends ChartPoint = ChartPoint> {
  readonly kind: ChartKind<Sample, Design, Point>;
  /** Samples to collect for limits (20 to 25 subgroups, 100 single values are usual), or a design that is known already. */
  readonly phaseOne: number | { readonly design: Design };
  /** What points are judged by once limits are frozen; default: {@link beyondLimits}. */
  readonly rules?: RuleSet | undefined;
  /** What counts as a special cause in phase I; default: {@link beyondLimits}. `[]` purges nothing. */
  readonly purge?: RuleSet | undefined;
  /** Told once what phase I found, when limits freeze: the record for an audit. */
  readonly frozen?: ((found: PhaseOne<Design, Point>) => void) | undefined;
  /** What `state()` gave with the same options; default: a chart without history. */
  readonly state?: unknown;
}

const stateSchema = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('one'), samples: z.array(z.unknown()) }),
  z.strictObject({ phase: z.literal('two'), design: z.unknown(), chart: z.unknown() }),
]);

/** What a chart without a design holds at most: so many lengths of phase I, or as many as make so many samples. */
const MOST_LENGTHS = 4;
const MOST_SAMPLES = 1000;

const checkLength = (length: unknown): void => {
  if (!Number.isSafeInteger(length) || Number(length) < 1) {
    throw new MikroBotError('BAD_CONFIG', `phase I is to collect ${String(length)} samples.`, {
      hint: 'Give a whole number of samples, or { design } where limits are known.',
    });
  }
};

/**
 * A control chart through its life: it collects phase I, purges special causes, freezes the limits and judges phase II.
 * Where the samples of phase I do not suffice for limits (all are the same, too few are left), it collects as many again and
 * tries with all it holds: at most the newest four lengths of phase I, or 1,000 samples where these are more. Older ones are
 * forgotten, and points are then counted from the first that is left.
 */
export class ControlChart<Sample, Design, Point extends ChartPoint = ChartPoint> {
  readonly #options: ControlChartOptions<Sample, Design, Point>;
  #samples: Sample[] = [];
  #design: Design | undefined;
  #running: RunningChart<Sample, Point> | undefined;

  /**
   * @throws `MikroBotError` `BAD_CONFIG` for a length of phase I below 1, unknown rules, and a design beside a state of phase I;
   * `BAD_DATA` for a state or design not of this kind.
   */
  constructor(options: ControlChartOptions<Sample, Design, Point>) {
    this.#options = options;
    checkRules(options.rules ?? []);
    checkRules(options.purge ?? []);
    if (typeof options.phaseOne !== 'object') checkLength(options.phaseOne);
    if (options.state !== undefined) this.#restore(options.state);
    else if (typeof options.phaseOne !== 'number') this.#freeze(options.phaseOne.design);
  }

  get phase(): Phase {
    return this.#running === undefined ? 'one' : 'two';
  }

  /** The frozen design; undefined in phase I. */
  get design(): Design | undefined {
    return this.#design;
  }

  /**
   * Takes a sample. While phase I collects there is nothing to tell; with its last sample come the points of all of phase I,
   * also those that were purged, judged by the frozen design; from then on each sample gives one point. Counted through from 1.
   * @throws `MikroBotError` `BAD_DATA` for a sample that is no measurement; the chart then stays as it was.
   */
  push(sample: Sample): readonly ControlChartPoint<Point>[] {
    if (this.#running !== undefined) return [{ ...this.#running.push(sample), phase: 'two' }];
    const { kind, phaseOne: length, rules, purge, frozen } = this.#options;
    // Throws for what is no measurement, and for what does not go with the first, before it is kept.
    kind.estimate([...this.#samples.slice(0, 1), sample]);
    if (typeof length !== 'number' || (this.#samples.length + 1) % length !== 0) {
      this.#samples.push(sample);
      return [];
    }
    const samples = [...this.#samples, sample];
    const found = phaseOne(kind, samples, { purge });
    if (found.design === undefined) {
      const most = length * Math.max(MOST_LENGTHS, Math.ceil(MOST_SAMPLES / length));
      this.#samples = samples.slice(length - most);
      return [];
    }
    const early = (kind.retrospective ?? kind).running(found.design, { rules });
    const points = samples.map((one) => ({ ...early.push(one), phase: 'one' as const }));
    this.#freeze(found.design, early.state());
    frozen?.(found);
    return points;
  }

  /** Plain JSON (samples of phase I included) from which a chart with the same options goes on as if it had never stopped. */
  state(): unknown {
    return this.#running === undefined
      ? { phase: 'one', samples: [...this.#samples] }
      : { phase: 'two', design: this.#design, chart: this.#running.state() };
  }

  #freeze(design: Design, state?: unknown): void {
    const { kind, rules } = this.#options;
    this.#running = kind.running(design, { rules, state });
    this.#design = design;
    this.#samples = [];
  }

  #restore(state: unknown): void {
    const saved = readSaved(stateSchema, state, 'the state of a control chart');
    if (saved.phase === 'two') this.#freeze(saved.design as Design, saved.chart);
    else {
      if (typeof this.#options.phaseOne !== 'number') {
        throw new MikroBotError('BAD_CONFIG', 'a chart that was saved in phase I is resumed with a design.', {
          hint: 'Give the length of phase I with its state, or the design without a state.',
        });
      }
      this.#samples = saved.samples as Sample[];
      this.#options.kind.estimate(this.#samples);
    }
  }
}

/**
 * Plots a stream of samples: `values$.pipe(controlChart({ kind: individuals(), phaseOne: 100, rules: westernElectric }))`.
 * Emits what {@link ControlChart.push} gives: nothing while phase I collects, then at once all points of phase I, then one
 * point a sample. `point.phase` tells them apart; gate on those of phase `'two'`. Errors when a sample is no measurement.
 * @param chart - options, for a chart of its own for every subscriber; or a {@link ControlChart} whose `state()` can be saved
 * at any time and given back as `state` to resume after a restart
 */
export const controlChart = <Sample, Design, Point extends ChartPoint>(
  chart: ControlChartOptions<Sample, Design, Point> | ControlChart<Sample, Design, Point>,
): OperatorFunction<Sample, ControlChartPoint<Point>> => {
  // Wrong options are told where the pipe is built, not where it is subscribed to.
  const first = chart instanceof ControlChart ? chart : new ControlChart(chart);
  return (samples$) =>
    defer(() => {
      const living = chart instanceof ControlChart ? first : new ControlChart(chart);
      return samples$.pipe(mergeMap((sample) => from(living.push(sample))));
    });
};
