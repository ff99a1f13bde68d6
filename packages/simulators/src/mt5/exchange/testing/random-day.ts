import * as fc from 'fast-check';
import type { Mt5UnderTest } from '../../behaviours/testing/mt5-under-test.js';

/** One thing that happens at the broker. */
export type Step =
  | { readonly kind: 'quote'; readonly points: number; readonly spread: number }
  | {
      readonly kind: 'deal';
      readonly type: number;
      readonly lots: number;
      readonly levels: number;
      readonly ioc: boolean;
    }
  | {
      readonly kind: 'close' | 'remove' | 'protect' | 'change';
      readonly which: number;
      readonly part: number;
    }
  | { readonly kind: 'close-by'; readonly which: number; readonly part: number }
  | {
      readonly kind: 'pending';
      readonly type: number;
      readonly lots: number;
      readonly away: number;
      readonly time: number;
    }
  | { readonly kind: 'depth'; readonly lots: number }
  | { readonly kind: 'time'; readonly hours: number };

const lots = fc.integer({ min: 1, max: 300 });
const which = fc.nat(9);
const part = fc.integer({ min: 1, max: 100 });

/** A day of quotes, orders, expiries and nights. */
export const randomDay: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('quote' as const),
      points: fc.integer({ min: -400, max: 400 }),
      spread: fc.nat(30),
    }),
    fc.record({
      kind: fc.constant('deal' as const),
      type: fc.nat(1),
      lots,
      levels: fc.nat(300),
      ioc: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom('close' as const, 'remove' as const, 'protect' as const, 'change' as const),
      which,
      part,
    }),
    fc.record({ kind: fc.constant('close-by' as const), which, part: which }),
    fc.record({
      kind: fc.constant('pending' as const),
      type: fc.integer({ min: 2, max: 7 }),
      lots,
      away: fc.integer({ min: 1, max: 300 }),
      time: fc.nat(2),
    }),
    fc.record({ kind: fc.constant('depth' as const), lots: fc.nat(200) }),
    fc.record({ kind: fc.constant('time' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  ),
  { minLength: 5, maxLength: 60, size: 'max' },
);

const POINT = 0.00001;
const price = (points: number): number => Number((points * POINT).toFixed(5));
const HOUR = 3_600_000;

/** Plays days: keeps where the market is, in points. */
export class DayPlayer {
  readonly #mt5: Mt5UnderTest;
  #bid = 108_500;
  #ask = 108_510;

  constructor(mt5: Mt5UnderTest) {
    this.#mt5 = mt5;
  }

  async play(step: Step): Promise<void> {
    const { truth, controls } = this.#mt5;
    const position =
      'which' in step ? truth.positions[step.which % Math.max(truth.positions.length, 1)] : undefined;
    const order = 'which' in step ? truth.orders[step.which % Math.max(truth.orders.length, 1)] : undefined;
    switch (step.kind) {
      case 'quote':
        this.#bid = Math.max(90_000, Math.min(130_000, this.#bid + step.points));
        this.#ask = this.#bid + step.spread;
        this.#mt5.quote(price(this.#bid), price(this.#ask));
        return;
      case 'depth':
        controls.depth(step.lots === 0 ? undefined : step.lots / 100);
        return;
      case 'time':
        this.#mt5.advance(step.hours * HOUR);
        return;
      case 'deal':
        await this.#deal(step);
        return;
      case 'pending':
        await this.#pending(step);
        return;
      case 'close':
        if (position !== undefined)
          await this.#mt5.ask({
            type: 1 - position.type,
            position: position.ticket,
            volume: Math.max(1, Math.round(position.volume * step.part)) / 100,
            type_filling: 1,
          });
        return;
      case 'close-by': {
        const by = truth.positions[step.part % Math.max(truth.positions.length, 1)];
        await this.#mt5.ask({ action: 10, position: position?.ticket ?? 0, position_by: by?.ticket ?? 0 });
        return;
      }
      case 'protect':
        await this.#mt5.ask({
          action: 6,
          position: position?.ticket ?? 0,
          sl: price(
            (position?.type === 0 ? this.#bid : this.#ask) - (position?.type === 0 ? 1 : -1) * step.part,
          ),
        });
        return;
      case 'change':
        await this.#mt5.ask({
          action: 7,
          order: order?.ticket ?? 0,
          price: (order?.priceOpen ?? 1) + step.part * POINT,
        });
        return;
      default:
        await this.#mt5.ask({ action: 8, order: order?.ticket ?? 0 });
    }
  }

  async #deal({ type, lots: size, levels, ioc }: Extract<Step, { kind: 'deal' }>): Promise<void> {
    const sign = type === 0 ? 1 : -1;
    const from = type === 0 ? this.#bid : this.#ask;
    const stops = levels < 20 ? {} : { sl: price(from - sign * levels), tp: price(from + sign * levels) };
    await this.#mt5.ask({ type, volume: size / 100, type_filling: ioc ? 1 : 0, ...stops });
  }

  async #pending({ type, lots: size, away, time }: Extract<Step, { kind: 'pending' }>): Promise<void> {
    const buys = type % 2 === 0;
    const isAbove = buys === type > 3;
    const at = (buys ? this.#ask : this.#bid) + (isAbove ? away : -away);
    const stoplimit = type > 5 ? { stoplimit: price(at + (buys ? -10 : 10)) } : {};
    const expiration = time === 2 ? this.#mt5.clock.now() + 3 * HOUR + 7_200_000 : 0;
    await this.#mt5.pending(type, price(at), {
      volume: size / 100,
      type_time: time,
      expiration,
      ...stoplimit,
    });
  }
}
