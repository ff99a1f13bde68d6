import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderRequest } from '../model/order.js';
import { MOMENT, requestWith, signalWith } from '../testing/samples.js';
import { ApprovedOrder, approve, type Warrant } from './approved-order.js';

const warrant = (): Warrant => ({ desk: Symbol('desk'), verdicts: [], expires: MOMENT + 10_000 });

/** A long entry of one lot, stop 1.09, target 1.12, as assess() would approve it. */
const approved = (over: Partial<OrderRequest> = {}): ApprovedOrder =>
  approve(
    signalWith(),
    requestWith({ bracket: { stop: 1.09, target: 1.12, trail: undefined }, ...over }),
    warrant(),
  );

/** Everything that TypeScript would not let pass, as JavaScript. */
// biome-ignore lint/suspicious/noExplicitAny: a forger does not ask the compiler
const Anything = ApprovedOrder as any;

describe('an ApprovedOrder', () => {
  it('made by risk is one, and carries what was approved', () => {
    const order = approved();
    expect(ApprovedOrder.is(order)).toBe(true);
    expect(order).toBeInstanceOf(ApprovedOrder);
    expect(order.kind).toBe('approved');
    expect(order.request.quantity).toBe(1);
    expect(order.first).toBeUndefined();
  });

  it('carries the reduction that a reversal begins with', () => {
    const first = approved();
    expect(approve(signalWith(), requestWith(), warrant(), first).first).toBe(first);
  });
});

describe('forging an ApprovedOrder', () => {
  const parts = () => [signalWith(), requestWith({ quantity: 1_000 }), warrant(), undefined] as const;

  it('fails by its constructor, with any key', () => {
    for (const key of [undefined, null, true, 'assess', Symbol('assess'), Symbol.for('assess'), {}]) {
      expect(() => new Anything(key, ...parts())).toThrowError('Only assess() makes an ApprovedOrder.');
    }
  });

  it('fails by Reflect.construct, whatever the new target is', () => {
    const build = (target: unknown): unknown =>
      Reflect.construct(Anything, [Symbol('assess'), ...parts()], target as typeof Anything);
    expect(() => build(Anything)).toThrowError(TypeError);
    expect(() => build(class {})).toThrowError(TypeError);
  });

  it('fails by a subclass', () => {
    class Forged extends Anything {}
    expect(() => Reflect.construct(Forged, [Symbol('assess'), ...parts()])).toThrowError(TypeError);
    const silent = Reflect.construct(Object, [], Forged);
    expect(silent).toBeInstanceOf(ApprovedOrder);
    expect(ApprovedOrder.is(silent)).toBe(false);
  });

  it('fails by borrowing the prototype', () => {
    const fields = { kind: 'approved', signal: signalWith(), request: requestWith(), warrant: warrant() };
    const forged: readonly unknown[] = [
      Object.assign(Object.create(ApprovedOrder.prototype), fields),
      Object.setPrototypeOf({ ...fields }, ApprovedOrder.prototype),
      { __proto__: ApprovedOrder.prototype, ...fields },
      { ...fields, constructor: ApprovedOrder },
    ];
    for (const order of forged) expect(ApprovedOrder.is(order)).toBe(false);
  });

  it('fails by copying a good one', () => {
    const good = approved();
    const copies: readonly unknown[] = [
      { ...good },
      structuredClone({ kind: good.kind, request: good.request }),
      JSON.parse(JSON.stringify(good)),
      Object.create(good, { request: { value: requestWith({ quantity: 1_000 }) } }),
      Object.assign(Object.create(Object.getPrototypeOf(good)), good),
      new Proxy(good, { get: (order, key) => (key === 'request' ? requestWith() : Reflect.get(order, key)) }),
    ];
    for (const order of copies) expect(ApprovedOrder.is(order)).toBe(false);
  });

  it.each([undefined, null, 0, 'approved', true, Symbol('x'), [], () => approved()])(
    'fails with %s',
    (value) => {
      expect(ApprovedOrder.is(value)).toBe(false);
    },
  );

  it('fails by borrowing leg() for an order that was never approved', () => {
    const evil = {
      signal: signalWith(),
      request: requestWith({
        side: 'sell',
        quantity: 1_000,
        bracket: { stop: 2, target: 0.1, trail: undefined },
      }),
      warrant: approved().warrant,
    };
    const borrowed = ApprovedOrder.prototype.leg as (this: unknown, which: 'stop', lots: number) => unknown;
    expect(() => borrowed.call(evil, 'stop', 1_000)).toThrowError(TypeError);
    expect(() =>
      borrowed.call(Object.create(approved(), { request: { value: evil.request } }), 'stop', 1_000),
    ).toThrowError(TypeError);
    expect(() => borrowed.call(new Proxy(approved(), {}), 'stop', 1)).toThrowError(TypeError);
    expect(() => borrowed.call(undefined, 'stop', 1)).toThrowError(TypeError);
  });

  it('fails by changing what was approved', () => {
    const order = approved();
    const changes: readonly (() => unknown)[] = [
      () => Object.assign(order, { request: requestWith({ quantity: 1_000 }) }),
      () => Object.assign(order.request, { quantity: 1_000 }),
      () => Object.assign(order.request, { symbol: 'GBPUSD' }),
      () => Object.defineProperty(order.request, 'quantity', { get: () => 1_000 }),
      () => Object.assign(order.request.bracket as object, { stop: 0.5 }),
      () => Object.assign(order.warrant, { expires: Number.POSITIVE_INFINITY }),
      () => Object.assign(order.warrant, { desk: Symbol('another') }),
      () => (order.warrant.verdicts as unknown[]).push({ policy: 'me', outcome: 'approve' }),
      () => Object.setPrototypeOf(order, { leg: () => order }),
      () =>
        Reflect.deleteProperty(order.request, 'quantity') || Object.assign(order.request, { quantity: 2 }),
    ];
    for (const change of changes) expect(change).toThrowError(TypeError);
    expect(order.request.quantity).toBe(1);
    expect(order.request.bracket?.stop).toBe(1.09);
    expect(order.warrant.expires).toBe(MOMENT + 10_000);
  });

  it('fails by changing the class, which every desk asks', () => {
    const { is } = ApprovedOrder;
    const { leg } = ApprovedOrder.prototype;
    const changes: readonly (() => unknown)[] = [
      () => Object.assign(ApprovedOrder, { is: () => true }),
      () => Object.assign(ApprovedOrder.prototype, { leg: () => 'mine' }),
      () => Object.defineProperty(ApprovedOrder, 'is', { value: () => true }),
      () => Object.setPrototypeOf(ApprovedOrder.prototype, { request: requestWith() }),
    ];
    for (const change of changes) {
      try {
        expect(change).toThrowError(TypeError);
      } finally {
        if (ApprovedOrder.is !== is) Object.defineProperty(ApprovedOrder, 'is', { value: is });
        if (ApprovedOrder.prototype.leg !== leg) Object.assign(ApprovedOrder.prototype, { leg });
      }
    }
  });

  it('does not compile', () => {
    const submit = (_: ApprovedOrder): void => undefined;
    const [signal, request] = parts();
    const good = approved();
    const shape = { kind: 'approved', signal, request, warrant: warrant(), first: undefined } as const;
    const { leg } = good;
    const wishes: readonly (() => unknown)[] = [
      // @ts-expect-error the constructor is private
      () => new ApprovedOrder(Symbol('assess'), signal, request, warrant(), undefined),
      // @ts-expect-error a private constructor cannot be extended
      () => class extends ApprovedOrder {},
      // @ts-expect-error the shape alone is not enough
      () => submit(shape),
      // @ts-expect-error a copy has lost the brand
      () => submit({ ...good }),
      // @ts-expect-error not even with all that can be seen
      () => submit({ ...shape, leg }),
      // @ts-expect-error what is approved cannot be enlarged
      () => good.request.quantity++,
      () => {
        // @ts-expect-error nor exchanged
        good.request = request;
      },
    ];
    expect(wishes).toHaveLength(7);
  });
});

describe('leg', () => {
  it('is the stop of what has filled: the other side, under an id of its own', () => {
    const order = approved();
    const stop = order.leg('stop', 0.4) as ApprovedOrder;
    expect(ApprovedOrder.is(stop)).toBe(true);
    expect(stop.signal).toBe(order.signal);
    expect(stop.warrant).toBe(order.warrant);
    expect(stop.first).toBeUndefined();
    expect(stop.request).toEqual({
      ...order.request,
      id: 'mem0-0abc-1-es',
      purpose: 'protect',
      side: 'sell',
      quantity: 0.4,
      type: 'stop',
      price: 1.09,
      timeInForce: 'GTC',
      bracket: undefined,
    });
  });

  it('is the target as a limit', () => {
    expect(approved().leg('target', 1)?.request).toMatchObject({
      id: 'mem0-0abc-1-et',
      side: 'sell',
      type: 'limit',
      price: 1.12,
      trail: undefined,
    });
  });

  it('protects a short by buying', () => {
    const short = approved({ side: 'sell', bracket: { stop: 1.11, target: 1.08, trail: undefined } });
    expect(short.leg('stop', 1)?.request).toMatchObject({ side: 'buy', price: 1.11 });
  });

  it('counts attempts in the id', () => {
    const ids = [0, 1, 35, 36].map((attempt) => approved().leg('stop', 1, { attempt })?.request.id);
    expect(ids).toEqual(['mem0-0abc-1-es', 'mem0-0abc-1-es1', 'mem0-0abc-1-esz', 'mem0-0abc-1-es10']);
  });

  it('trails at the venue where it can, and stands still otherwise', () => {
    const order = approved({ bracket: { stop: 1.09, target: undefined, trail: 0.002 } });
    expect(order.leg('stop', 1, { trailing: true })?.request).toMatchObject({
      type: 'trailing-stop',
      trail: 0.002,
      price: 1.09,
    });
    expect(order.leg('stop', 1, { trailing: false })?.request).toMatchObject({
      type: 'stop',
      trail: undefined,
      price: 1.09,
    });
    expect(approved().leg('stop', 1, { trailing: true })?.request).toMatchObject({
      type: 'stop',
      trail: undefined,
    });
  });

  it('with a trail alone needs a price, unless the venue trails', () => {
    const order = approved({ bracket: { stop: undefined, target: undefined, trail: 0.002 } });
    expect(order.leg('stop', 1)).toBeUndefined();
    expect(order.leg('stop', 1, { price: 1.098 })?.request).toMatchObject({ type: 'stop', price: 1.098 });
    expect(order.leg('stop', 1, { trailing: true })?.request).toMatchObject({
      type: 'trailing-stop',
      trail: 0.002,
    });
  });

  it('does not exist where the bracket has none', () => {
    const order = approved({ bracket: { stop: 1.09, target: undefined, trail: undefined } });
    expect(order.leg('target', 1)).toBeUndefined();
    expect(order.leg('target', 1, { price: 1.2 })).toBeUndefined();
    expect(approved({ bracket: undefined }).leg('stop', 1)).toBeUndefined();
    expect(approved().leg('stop', 1)?.leg('stop', 1)).toBeUndefined();
  });

  it.each([0, -0.1, 1.000001, 2, Number.NaN, Number.POSITIVE_INFINITY])(
    'does not exist for %d of one lot',
    (lots) => {
      expect(approved().leg('stop', lots)).toBeUndefined();
      expect(approved().leg('target', lots)).toBeUndefined();
    },
  );

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('does not exist at a price of %d', (price) => {
    expect(approved().leg('stop', 1, { price })).toBeUndefined();
    expect(approved().leg('target', 1, { price })).toBeUndefined();
  });

  it('is never larger than approved, never wider, and always on the other side, whatever is asked', () => {
    const asked = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      stop: fc.option(fc.double({ min: 0.5, max: 2, noNaN: true }), { nil: undefined }),
      target: fc.option(fc.double({ min: 0.5, max: 2, noNaN: true }), { nil: undefined }),
      trail: fc.option(fc.double({ min: 0.001, max: 0.1, noNaN: true }), { nil: undefined }),
      which: fc.constantFrom('stop' as const, 'target' as const),
      lots: fc.double(),
      price: fc.option(fc.oneof(fc.double(), fc.double({ min: 0.4, max: 2.1 })), { nil: undefined }),
      trailing: fc.boolean(),
    });
    fc.assert(
      fc.property(asked, ({ side, stop, target, trail, which, lots, price, trailing }) => {
        const order = approved({ side, bracket: { stop, target, trail } });
        const leg = order.leg(which, lots, { price, trailing });
        if (leg === undefined) return;
        const { request } = leg;
        expect(request.side).not.toBe(side);
        expect(request.quantity).toBeLessThanOrEqual(1);
        expect(request.quantity).toBeGreaterThan(0);
        expect(request.bracket).toBeUndefined();
        expect(request.purpose).toBe('protect');
        expect(request.price !== undefined || request.trail !== undefined).toBe(true);
        if (request.price !== undefined)
          expect(request.price > 0 && request.price < Number.POSITIVE_INFINITY).toBe(true);
        if (which === 'stop' && stop !== undefined) {
          const at = request.price as number;
          expect(side === 'buy' ? at >= stop : at <= stop).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
