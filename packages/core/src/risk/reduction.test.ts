import { describe, expect, it } from 'vitest';
import { openDesk } from '../testing/open-desk.js';
import { approval, codeOf, hold, refusal, requestOf, saying } from '../testing/verdicts.js';
import type { ApprovedOrder } from './approved-order.js';

describe('assess, of a way out', () => {
  const exit = {
    intent: 'exit',
    side: undefined,
    quantity: undefined,
    stop: undefined,
    target: undefined,
  } as const;

  it('closes the whole position at the market, past every limit and halt', () => {
    const { desk, assess: judge, trade } = openDesk();
    trade(1.5);
    desk.halt('news');
    expect(requestOf(judge(exit, [saying(refusal)]))).toMatchObject({
      purpose: 'flatten',
      side: 'sell',
      quantity: 1.5,
      type: 'market',
      bracket: undefined,
      reduceOnly: true,
    });
  });

  it('closes a short by buying, and a part when only a part is asked', () => {
    const { assess: judge, trade } = openDesk();
    trade(-2);
    expect(requestOf(judge({ ...exit, quantity: 0.509 }))).toMatchObject({
      purpose: 'reduce',
      side: 'buy',
      quantity: 0.5,
    });
  });

  it('never closes more than is held, nor what belongs to a neighbour', () => {
    const { assess: judge, trade } = openDesk();
    trade(1);
    trade(5, 'neighbour:EURUSD');
    expect(requestOf(judge({ ...exit, quantity: 3 })).quantity).toBe(1);
  });

  it('is not marked reduce-only where ledgers share a net position that it would not reduce', () => {
    const { assess: judge, trade } = openDesk();
    trade(1);
    trade(-5, 'neighbour:EURUSD');
    expect(requestOf(judge(exit)).reduceOnly).toBe(false);
  });

  it('has nothing to do without a position', () => {
    const { assess: judge, trade } = openDesk();
    expect(judge(exit)).toMatchObject({
      refusal: { rule: 'reduction', code: 'NOTHING_TO_REDUCE', actual: 0 },
    });
    trade(1, 'neighbour:EURUSD');
    expect(codeOf(judge(exit))).toBe('refused NOTHING_TO_REDUCE');
  });

  it('counts what approved reductions will still take', () => {
    const { assess: judge, trade } = openDesk();
    trade(1);
    expect(requestOf(judge({ ...exit, quantity: 0.7 })).quantity).toBe(0.7);
    expect(requestOf(judge(exit))).toMatchObject({ quantity: 0.3, purpose: 'flatten' });
    expect(codeOf(judge(exit))).toBe('refused NOTHING_TO_REDUCE');
  });

  it('does not close the same lots twice when a stop took some of them meanwhile', () => {
    const { assess: judge, trade } = openDesk();
    trade(2);
    expect(requestOf(judge(exit)).quantity).toBe(2);
    // The stop fills one lot while the exit of two is on its way: nothing is left to approve.
    trade(-1);
    expect(codeOf(judge(exit))).toBe('refused NOTHING_TO_REDUCE');
  });

  it('counts what closes the position, not what was to close one that has turned since', () => {
    const { assess: judge, trade } = openDesk();
    trade(-1);
    expect(requestOf(judge(exit))).toMatchObject({ side: 'buy', quantity: 1 });
    // Nobody knows what became of the buy, and the position is long by now.
    trade(3);
    expect(requestOf(judge(exit))).toMatchObject({ side: 'sell', quantity: 2 });
    expect(codeOf(judge(exit))).toBe('refused NOTHING_TO_REDUCE');
  });

  it('knows the rest of a position without the dust of binary fractions', () => {
    const { assess: judge, trade } = openDesk();
    trade(0.3);
    judge({ ...exit, quantity: 0.1 });
    expect(0.3 - 0.1).not.toBe(0.2);
    expect(requestOf(judge(exit))).toMatchObject({ quantity: 0.2, purpose: 'flatten' });
  });

  it('may close again what a dead reduction gave back', () => {
    const { desk, assess: judge, trade, fill } = openDesk();
    trade(1);
    const first = judge(exit) as ApprovedOrder;
    fill(first, 0.4);
    desk.book.release(first.request.id);
    expect(requestOf(judge(exit)).quantity).toBe(0.6);
  });

  it('asks policies that are always asked, whose hold an approval answers', () => {
    const { assess: judge, trade } = openDesk();
    trade(1);
    expect(codeOf(judge(exit, [saying(refusal, { always: true })]))).toBe('refused NO');
    expect(codeOf(judge(exit, [saying(hold, { always: true })]))).toBe('held ASK');
    expect(
      codeOf(
        judge({ ...exit, approval }, [saying(hold, { always: true }), saying(refusal, { always: true })]),
      ),
    ).toBe('refused NO');
    expect(codeOf(judge({ ...exit, approval }, [saying(hold, { always: true })]))).toBe('approved');
  });
});

describe('assess, of a reversal', () => {
  const reverse = { intent: 'reverse', side: 'sell', stop: 1.11, target: 1.08 } as const;

  it('closes the old position first, under an id of its own', () => {
    const { desk, assess: judge, trade } = openDesk();
    trade(2);
    const result = judge(reverse) as ApprovedOrder;
    expect(requestOf(result)).toMatchObject({ purpose: 'enter', side: 'sell', quantity: 1 });
    expect(result.first?.request).toMatchObject({
      purpose: 'flatten',
      side: 'sell',
      quantity: 2,
      bracket: undefined,
    });
    expect(result.first?.request.id).not.toBe(result.request.id);
    expect([desk.book.pending('EURUSD'), desk.book.reducing('EURUSD', result.request.owner)]).toEqual([
      -1, 2,
    ]);
  });

  it('is an entry where there is nothing to close', () => {
    const result = openDesk().assess(reverse) as ApprovedOrder;
    expect(result.first).toBeUndefined();
  });

  it('is judged as an entry: a halt or a refusal leaves the old position alone', () => {
    const { desk, assess: judge, trade } = openDesk();
    trade(2);
    expect(codeOf(judge(reverse, [saying(refusal)]))).toBe('refused NO');
    desk.halt('news');
    expect(codeOf(judge(reverse))).toBe('refused HALTED');
    expect(desk.book.reducing('EURUSD', 'test:EURUSD')).toBe(0);
  });
});

describe('assess, of an adjustment', () => {
  const adjust = {
    intent: 'adjust',
    side: undefined,
    quantity: undefined,
    stop: 1.095006,
    target: undefined,
  } as const;

  it('carries the new levels on the grid, and trades nothing', () => {
    const { desk, assess: judge, trade } = openDesk();
    trade(2);
    desk.halt('news');
    expect(requestOf(judge({ ...adjust, trail: 0.002001 }, [saying(refusal)]))).toMatchObject({
      purpose: 'protect',
      side: 'buy',
      quantity: 2,
      bracket: { stop: 1.095, target: undefined, trail: 0.00201 },
    });
    expect(desk.book.exposed()).toEqual(['EURUSD']);
    expect([desk.book.pending('EURUSD'), desk.book.reducing('EURUSD', 'test:EURUSD')]).toEqual([0, 0]);
  });

  it('has nothing to adjust without a position', () => {
    expect(openDesk().assess(adjust)).toMatchObject({
      refusal: { rule: 'adjustment', code: 'NOTHING_TO_REDUCE' },
    });
  });
});
