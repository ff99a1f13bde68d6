import { of, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../model/decision.js';
import type { ValidSignal } from '../model/signal.js';
import { openDesk } from '../testing/open-desk.js';
import { MOMENT, signalWith } from '../testing/samples.js';
import { eurusd, ScriptedVenue } from '../testing/scripted-venue.js';
import { approval, codeOf, hold, refusal, requestOf, saying, type Verdict } from '../testing/verdicts.js';
import { ApprovedOrder } from './approved-order.js';
import { assess } from './assess.js';
import type { RiskPolicy } from './policy.js';

const cap = (lots: number): RiskPolicy => ({ name: 'cap', judge: () => ({ cap: lots }) });

describe('assess, of an entry', () => {
  it('approves the order as it will go out, in the name of its desk and for a while', () => {
    const { desk, assess: judge } = openDesk();
    const result = judge({ id: 'mem0-0abc-z' }, [cap(0.5)]) as ApprovedOrder;
    expect(ApprovedOrder.is(result)).toBe(true);
    expect(result.request).toEqual({
      id: 'mem0-0abc-z-e',
      symbol: 'EURUSD',
      owner: 'test:EURUSD',
      purpose: 'enter',
      side: 'buy',
      quantity: 0.5,
      type: 'market',
      price: undefined,
      limitPrice: undefined,
      trail: undefined,
      timeInForce: 'GTC',
      goodTill: undefined,
      bracket: { stop: 1.09, target: 1.12, trail: undefined },
      reduceOnly: false,
    });
    expect(result.warrant).toEqual({
      desk: desk.id,
      verdicts: [{ policy: 'cap', outcome: 'shrink', quantity: 0.5 }],
      expires: desk.loop.now + 10_000,
    });
  });

  it('rounds the quantity down, a stop away from the entry, a target away from it too', () => {
    const { assess: judge } = openDesk();
    const long = requestOf(judge({ quantity: 0.019, stop: 1.090006, target: 1.120001 }));
    expect([long.quantity, long.bracket?.stop, long.bracket?.target]).toEqual([0.01, 1.09, 1.12001]);
    const short = requestOf(judge({ side: 'sell', stop: 1.110001, target: 1.080009, trail: 0.001001 }));
    expect(short.bracket).toEqual({ stop: 1.11001, target: 1.08, trail: 0.00101 });
  });

  it.each([
    ['buy', 'limit', 1.095559, 1.09555],
    ['sell', 'limit', 1.105551, 1.10556],
    ['buy', 'stop', 1.105551, 1.10556],
    ['sell', 'stop', 1.095559, 1.09555],
  ] as const)('never makes a %s %s worse than asked: %d is %d', (side, type, price, expected) => {
    const { assess: judge } = openDesk();
    const request = requestOf(judge({ side, stop: undefined, target: undefined, order: { type, price } }));
    expect([request.type, request.price, request.limitPrice]).toEqual([type, expected, undefined]);
  });

  it('keeps both prices of a stop-limit, and the time till which it is good', () => {
    const { assess: judge } = openDesk();
    const goodTill = MOMENT + 3_600_000;
    const order = {
      type: 'stop-limit',
      price: 1.105551,
      limitPrice: 1.106559,
      timeInForce: 'GTD',
      goodTill,
    } as const;
    expect(requestOf(judge({ order }))).toMatchObject({
      type: 'stop-limit',
      price: 1.10556,
      limitPrice: 1.10655,
      timeInForce: 'GTD',
      goodTill,
    });
  });

  it('refuses an order at the close where the venue does not say that it has one', () => {
    const { assess: judge } = openDesk();
    expect(judge({ order: { type: 'market', timeInForce: 'CLS' } })).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'UNSUPPORTED_ORDER', actual: 'market CLS' },
    });
  });

  it('asks policies about the order as it will be: its grid prices and where it would enter', () => {
    const { assess: judge } = openDesk();
    const seen: unknown[] = [];
    const witness: RiskPolicy = {
      name: 'witness',
      judge: (order) => {
        seen.push(order);
        return undefined;
      },
    };
    judge({ stop: 1.090006, quantity: undefined }, [witness, cap(1)]);
    judge({ side: 'sell', stop: 1.12, target: 1.08, order: { type: 'limit', price: 1.11 } }, [witness]);
    expect(seen).toEqual([
      {
        symbol: 'EURUSD',
        purpose: 'enter',
        side: 'buy',
        quantity: Number.POSITIVE_INFINITY,
        price: 1.1001,
        stop: 1.09,
        target: 1.12,
      },
      {
        symbol: 'EURUSD',
        purpose: 'enter',
        side: 'sell',
        quantity: 1,
        price: 1.11,
        stop: 1.12,
        target: 1.08,
      },
    ]);
  });

  it('shows policies where a stop that only trails begins, and the given stop where there is one', () => {
    const stops: (number | undefined)[] = [];
    const look: RiskPolicy = {
      name: 'look',
      judge({ stop }) {
        stops.push(stop);
        return { cap: 1 };
      },
    };
    const { assess: judge } = openDesk();
    judge({ stop: undefined, trail: 0.005 }, [look]);
    judge({ stop: undefined, trail: 0.005, side: 'sell', target: 1.05 }, [look]);
    judge({ stop: 1.09, trail: 0.005 }, [look]);
    judge({ stop: undefined, trail: undefined }, [look]);
    expect(stops.map((stop) => stop?.toFixed(4))).toEqual(['1.0951', '1.1050', '1.0900', undefined]);
  });

  it('refuses what nobody sized', () => {
    const { assess: judge } = openDesk();
    expect(judge({ quantity: undefined })).toMatchObject({
      refusal: { stage: 'assess', rule: 'size', code: 'NO_SIZE' },
    });
  });

  it('refuses what is left of it when that is below the smallest quantity', () => {
    const { assess: judge } = openDesk();
    expect(judge({}, [cap(0.0099)])).toMatchObject({
      refusal: { rule: 'size', code: 'QUANTITY_TOO_SMALL', limit: 0.01, actual: 0.0099 },
      verdicts: [{ policy: 'cap', outcome: 'shrink', quantity: 0.0099 }],
    });
    expect(requestOf(judge({}, [cap(0.01)])).quantity).toBe(0.01);
    expect(codeOf(judge({}, [cap(Number.NaN)]))).toBe('refused QUANTITY_TOO_SMALL');
  });

  it('refuses what is worth less than the smallest order that the venue takes', () => {
    const { desk, assess: judge } = openDesk();
    desk.book.setInstruments([{ ...eurusd, minNotional: 1_100.2 }]);
    const of = (lots: number) => judge({ quantity: lots });
    expect(of(0.01)).toMatchObject({
      refusal: { rule: 'size', code: 'NOTIONAL_TOO_SMALL', limit: 1_100.2, actual: expect.closeTo(1_100.1) },
    });
    expect(requestOf(of(0.02)).quantity).toBe(0.02);
  });

  it('refuses to enter short where the venue sells only what is held', () => {
    const short = new ScriptedVenue({ shorting: 'none' });
    expect(openDesk(short).assess({ side: 'sell', stop: 1.12, target: 1.09 })).toMatchObject({
      refusal: { rule: 'capabilities', code: 'UNSUPPORTED_ORDER', actual: 'a short sale' },
    });
    expect(requestOf(openDesk(short).assess({})).side).toBe('buy');
  });

  it('refuses to enter against its own position where a hedging account would keep both', () => {
    const hedging = new ScriptedVenue();
    hedging.account = { ...hedging.account, mode: 'hedging' };
    const { assess: judge, trade } = openDesk(hedging);
    const short = { side: 'sell', stop: 1.11, target: 1.08 } as const;
    trade(0.2);
    trade(-0.3, 'another:EURUSD');
    expect(codeOf(judge(short))).toBe('refused OPPOSITE_POSITION');
    expect(codeOf(judge({ side: 'buy' }))).toBe('approved');
    const netting = openDesk();
    netting.trade(0.2);
    expect(codeOf(netting.assess(short))).toBe('approved');
  });

  it('reverses on a hedging account only when nothing else closes the position: that may fail', () => {
    const hedging = new ScriptedVenue();
    hedging.account = { ...hedging.account, mode: 'hedging' };
    const { assess: judge, trade } = openDesk(hedging);
    const turn = { intent: 'reverse', side: 'sell', stop: 1.11, target: 1.08 } as const;
    trade(0.2);
    expect(codeOf(judge({ intent: 'exit', side: undefined, quantity: 0.1 }))).toBe('approved');
    expect(codeOf(judge(turn))).toBe('refused OPPOSITE_POSITION');
    const idle = openDesk(hedging);
    idle.trade(0.2);
    expect(codeOf(idle.assess(turn))).toBe('approved');
  });

  it('asks for no more than the venue takes at once', () => {
    expect(requestOf(openDesk().assess({ quantity: 1_000 })).quantity).toBe(50);
  });

  it('refuses orders that the venue declares it cannot work', () => {
    const venue = new ScriptedVenue({
      orderTypes: {
        market: 'native',
        limit: 'none',
        stop: 'native',
        'stop-limit': 'native',
        'trailing-stop': 'none',
      },
      timeInForce: { GTC: 'native', DAY: 'native', GTD: 'native', IOC: 'native', FOK: 'none' },
    });
    const { assess: judge } = openDesk(venue);
    expect(judge({ order: { type: 'limit', price: 1.09 } })).toMatchObject({
      refusal: { rule: 'capabilities', code: 'UNSUPPORTED_ORDER', actual: 'limit GTC' },
    });
    expect(judge({ order: { type: 'market', timeInForce: 'FOK' } })).toMatchObject({
      refusal: { code: 'UNSUPPORTED_ORDER', actual: 'market FOK' },
    });
  });

  it('refuses while trading is halted, says why, and asks nobody', () => {
    const { desk, assess: judge } = openDesk();
    desk.halt('news');
    expect(judge({}, [saying(refusal)])).toMatchObject({
      refusal: { rule: 'halt', code: 'HALTED', actual: 'news' },
      verdicts: [],
    });
    desk.release();
    expect(codeOf(judge())).toBe('approved');
  });

  it('holds for a person, whose approval answers the hold', () => {
    const { assess: judge } = openDesk();
    expect(judge({}, [saying(hold)])).toMatchObject({
      outcome: 'held',
      refusal: { code: 'ASK' },
      verdicts: [{ outcome: 'hold' }],
    });
    expect(codeOf(judge({ approval }, [saying(hold)]))).toBe('approved');
  });

  it('never lets an approval answer a refusal, and still sizes what was approved', () => {
    const { assess: judge } = openDesk();
    expect(codeOf(judge({ approval }, [saying(hold), saying(refusal)]))).toBe('refused NO');
    expect(requestOf(judge({ approval }, [saying(hold), cap(0.2)])).quantity).toBe(0.2);
  });

  it('takes one policy as well as several', () => {
    const { desk } = openDesk();
    const results: Verdict[] = [];
    of({ kind: 'valid' as const, signal: signalWith() })
      .pipe(assess(cap(0.1), desk))
      .subscribe((r) => results.push(r));
    expect(requestOf(results[0] as Verdict).quantity).toBe(0.1);
  });
});

describe('assess, of exposure', () => {
  /** At most two lots in the market, counting what is approved and not yet filled. */
  const twoLots: RiskPolicy = {
    name: 'twoLots',
    judge: ({ symbol }, _, book) => ({ cap: 2 - book.position(symbol).quantity - book.pending(symbol) }),
  };

  it('reserves at once: ten signals of one moment cannot pass one limit', () => {
    const { desk, assess: judge } = openDesk();
    const codes = Array.from({ length: 10 }, () => codeOf(judge({ quantity: 0.75 }, [twoLots])));
    expect(codes.filter((c) => c === 'approved')).toHaveLength(3);
    expect(desk.book.pending('EURUSD')).toBe(2);
  });

  it('reserves nothing for what it refuses or holds', () => {
    const { desk, assess: judge } = openDesk();
    judge({}, [saying(refusal)]);
    judge({}, [saying(hold)]);
    judge({ quantity: undefined });
    expect(desk.book.pending('EURUSD')).toBe(0);
    expect(desk.book.exposed()).toEqual([]);
  });

  it('gives a second subscriber the same verdict, and reserves once', () => {
    const { desk } = openDesk();
    const signals = new Subject<ValidSignal>();
    const verdicts$ = signals.pipe(assess(cap(1), desk));
    const seen: Verdict[] = [];
    verdicts$.subscribe((r) => seen.push(r));
    verdicts$.subscribe((r) => seen.push(r));
    signals.next({ kind: 'valid', signal: signalWith() });
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
    expect(desk.book.pending('EURUSD')).toBe(1);
  });

  it('lets decisions of earlier stages ride through untouched', () => {
    const { desk } = openDesk();
    const decision: Decision = {
      kind: 'decision',
      outcome: 'refused',
      signal: signalWith(),
      time: MOMENT,
      verdicts: [],
      refusal: { ...refusal, stage: 'validate', rule: 'r' },
    };
    const seen: Verdict[] = [];
    of(decision)
      .pipe(assess(cap(1), desk))
      .subscribe((r) => seen.push(r));
    expect(seen).toEqual([decision]);
    expect(seen[0]).toBe(decision);
  });
});
