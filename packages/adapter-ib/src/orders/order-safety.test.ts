import type { OrderRequest } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import type { Commands } from '../line/line.js';
import { OrderBench, orderRequest, settled } from './testing/order-bench.js';
import { ScriptedLine, type Sent } from './testing/scripted-line.js';

const ref = { id: 'j1-0abc-1-e', symbol: 'ES' };
const E = '0001f4e8.652d1a2b.01';
const bracket: OrderRequest = orderRequest({ bracket: { stop: 4490, target: 4520, trail: undefined } });

/** A bracket that TWS takes. @returns the id of its entry */
const takesBracket = async (bench: OrderBench): Promise<number> => {
  const answer = bench.orders.submit(bracket);
  const { id, order } = bench.placed[0]!;
  bench.shows({ orderId: id, order });
  await answer;
  return id;
};

/** A line on which orders wait for their turn, as when many are sent in one second. */
class BusyLine extends ScriptedLine {
  onWrite: (sent: Sent) => void = () => undefined;
  readonly waiting: (() => boolean)[] = [];
  isBusy = false;

  override send(command: (commands: Commands) => void): boolean {
    if (!this.isBusy) return super.send(command);
    this.waiting.push(() =>
      super.send((commands) =>
        command(
          new Proxy(commands, {
            get: (target, name) => {
              const write = Reflect.get(target, name) as (...values: unknown[]) => void;
              return (...values: unknown[]) => {
                this.onWrite({ name: String(name), values });
                write(...values);
              };
            },
          }),
        ),
      ),
    );
    return true;
  }

  /** It is their turn. */
  leave(): void {
    this.isBusy = false;
    for (const send of this.waiting.splice(0)) send();
  }
}

const busy = async (): Promise<{ bench: OrderBench; line: BusyLine }> => {
  const bench = new OrderBench();
  const line = new BusyLine();
  await bench.connect({ line });
  return { bench, line };
};

describe('a command whose turn comes late', () => {
  it('is not sent when TWS has lost IB meanwhile: TWS would keep the order for later', async () => {
    const { bench, line } = await busy();
    line.isBusy = true;
    const answer = bench.orders.submit(orderRequest());
    bench.reachesVenue = false;
    line.leave();
    expect(await answer).toMatchObject({ outcome: 'rejected', code: 'LINE_DOWN' });
    expect(bench.placed).toEqual([]);
  });

  it('does not change an order that has ended meanwhile', async () => {
    const { bench, line } = await busy();
    const orderId = await bench.works();
    line.isBusy = true;
    const answer = bench.orders.amend(orderRequest({ price: 4501 }), ref);
    await settled();
    bench.status({ orderId, status: 'Cancelled' });
    line.leave();
    expect(await answer).toMatchObject({ outcome: 'rejected' });
    expect(bench.placed).toHaveLength(1);
  });
});

describe('a change of an order that TWS may not know any more, which would place a new one', () => {
  it('is refused after a reconnect that does not show it, until TWS shows it again', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.line.close('restart');
    await bench.reconnect();
    expect(await bench.orders.amend(orderRequest({ price: 4501 }), ref)).toMatchObject({
      outcome: 'rejected',
      code: 'NOT_SHOWN',
    });
    expect(bench.placed).toEqual([]);
    bench.shows({ orderId, ref: ref.id });
    void bench.orders.amend(orderRequest({ price: 4501 }), ref);
    await settled();
    expect(bench.placed.map(({ id }) => id)).toEqual([orderId]);
  });

  it('is refused while a cancel is under way', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const cancel = bench.orders.cancel(ref);
    await settled();
    expect(await bench.orders.amend(orderRequest({ price: 4501 }), ref)).toMatchObject({ code: 'PENDING' });
    bench.status({ orderId, status: 'PendingCancel' });
    await cancel;
    expect(await bench.orders.amend(orderRequest({ price: 4501 }), ref)).toMatchObject({ code: 'PENDING' });
    expect(bench.placed).toHaveLength(1);
  });
});

describe('an order id that two orders had, as after a reset of order ids in TWS', () => {
  it('does not have the wrong one cancelled or changed', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const old = { id: 'j0-0abc-9-e', symbol: 'ES', venueId: `7.${orderId}.55` };
    bench.open = [{ orderId, ref: ref.id }];
    expect(await bench.orders.cancel(old)).toMatchObject({ outcome: 'rejected', code: 'NOT_FOUND' });
    expect(await bench.orders.amend(orderRequest({ id: old.id }), old)).toMatchObject({
      outcome: 'rejected',
    });
    expect(bench.cancelled).toEqual([]);
    expect(bench.placed).toHaveLength(1);
  });

  it('does not have the trades of one told or counted as those of the other', async () => {
    const bench = new OrderBench();
    bench.executions = [
      { execId: `${E}.01`, orderId: 5, permId: 51, ref: 'j0-0abc-1-e', shares: 2 },
      { execId: '0001f4e8.652d1a2c.01.01', orderId: 5, permId: 52, ref: 'j0-0abc-2-e' },
    ];
    await bench.connect();
    for (const id of ['j0-0abc-1-e', 'j0-0abc-2-e']) await bench.orders.query({ id, symbol: 'ES' });
    // Only their trades are left of them: TWS has half a minute to show what it has.
    await bench.pass(31_000);
    for (const [id, tradeId, quantity] of [
      ['j0-0abc-1-e', E, 2],
      ['j0-0abc-2-e', '0001f4e8.652d1a2c.01', 1],
    ] as const)
      expect(await bench.orders.query({ id, symbol: 'ES' })).toMatchObject({
        outcome: 'found',
        report: { id, filled: quantity },
        fills: [{ id, tradeId, quantity }],
      });
  });
});

describe('absent', () => {
  it('is not said of an order that TWS shows in a contract which is not traded here any more', async () => {
    const bench = new OrderBench({
      contracts: {
        find: () => undefined,
        byContractId: () => undefined,
        sessions: () => ({ name: 'ES', isOpen: () => true, spanAt: () => undefined }),
      },
    });
    bench.open = [{ orderId: 40, ref: ref.id }];
    await bench.connect();
    await bench.pass(60_000);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
  });

  it('is not said of an order of another client id of which trades are listed', async () => {
    const bench = new OrderBench();
    bench.executions = [{ execId: `${E}.01`, orderId: 40, clientId: 3, ref: ref.id }];
    await bench.connect();
    await bench.pass(60_000);
    expect((await bench.orders.query(ref)).outcome).not.toBe('absent');
  });

  it('is not said at once of an order that TWS had taken: a TWS that has just started loads its orders late', async () => {
    const bench = await OrderBench.connected();
    await bench.pass(6_000);
    const taken = { ...ref, venueId: '7.40.940' };
    expect(await bench.orders.query(taken)).toMatchObject({ outcome: 'unknown' });
    bench.open = [{ orderId: 40, ref: ref.id }];
    expect(await bench.orders.query(taken)).toMatchObject({
      outcome: 'found',
      report: { state: 'accepted' },
    });
  });

  it('is not said of an order that ended the moment it was taken', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest({ timeInForce: 'IOC' }));
    bench.line.notice(1, 202, 'Order Canceled - reason:');
    bench.status({ orderId: 1, status: 'Cancelled' });
    expect(await answer).toMatchObject({ outcome: 'accepted' });
    await bench.pass(60_000);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found', report: { state: 'cancelled' } });
  });
});

describe('a query', () => {
  it('does not take an earlier doubt for one that has lasted: an order between two lists is not cancelled', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
    bench.open = [{ orderId, ref: ref.id }];
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found' });
    await bench.pass(3_600_000);
    bench.open = [];
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
  });

  it('begins its doubt anew with a line: a TWS that has just started loads its orders late', async () => {
    const bench = await OrderBench.connected();
    await bench.works();
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
    await bench.pass(40_000);
    bench.line.close('restart');
    await bench.reconnect();
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
    await bench.pass(31_000);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found', report: { state: 'cancelled' } });
  });

  it('counts a trade once that TWS lists with its correction', async () => {
    const bench = new OrderBench();
    bench.open = [{ orderId: 40, ref: ref.id, filled: 1 }];
    bench.executions = [
      { execId: `${E}.01`, orderId: 40, ref: ref.id },
      { execId: `${E}.02`, orderId: 40, ref: ref.id, price: 4499 },
    ];
    await bench.connect();
    expect(await bench.orders.query(ref)).toMatchObject({
      report: { state: 'partially-filled', filled: 1 },
      fills: [{ tradeId: E, quantity: 1, remaining: 1 }],
    });
  });
});

describe('a cancel or a change of an order of which TWS could not say whether it works', () => {
  it('is not called not found', async () => {
    const bench = await OrderBench.connected();
    bench.open = undefined;
    const answers = [bench.orders.cancel(ref), bench.orders.amend(orderRequest(), ref)];
    await settled();
    bench.line.close('gone');
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ code: 'LINE_DOWN' });
  });
});

describe('inactive', () => {
  it('is not taken for work when the order is asked for: a stop that is believed to work guards nothing', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.open = [{ orderId, ref: ref.id, status: 'Inactive' }];
    await bench.pass(60_000);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
    bench.open = [{ orderId, ref: ref.id }];
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found', report: { state: 'accepted' } });
  });

  it('ends an order that was refused while a change of it waited: TWS has put it out of work', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.amend(orderRequest({ price: 4501 }), ref);
    await settled();
    bench.line.notice(orderId, 201, 'Order rejected - reason:Margin');
    bench.status({ orderId, status: 'Inactive' });
    expect(await answer).toMatchObject({ outcome: 'rejected', code: '201' });
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted', 'rejected']);
  });

  it('does not end a working order for a refusal of long ago', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.open = [{ orderId, ref: ref.id }];
    bench.line.notice(orderId, 201, 'Order rejected - reason:a late answer to a change');
    await bench.pass(600_000);
    bench.status({ orderId, status: 'Inactive' });
    bench.status({ orderId });
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted']);
  });
});

describe('open orders', () => {
  it('hold an order that TWS shows at work though it had refused it', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest());
    bench.line.notice(1, 109, 'Price is out of the range of the precautionary settings');
    expect(await answer).toMatchObject({ outcome: 'rejected' });
    bench.open = [{ orderId: 1, ref: ref.id }];
    expect(await bench.orders.openOrders()).toMatchObject([{ id: ref.id, state: 'accepted' }]);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found', report: { state: 'accepted' } });
    void bench.orders.cancel(ref);
    await settled();
    expect(bench.cancelled).toEqual([1]);
  });

  it('hold the legs of an entry that is gone, though none of its trades was ever listed', async () => {
    const bench = await OrderBench.connected();
    await takesBracket(bench);
    const [, target, stop] = bench.placed;
    bench.open = [
      { orderId: target!.id, ref: target!.order.orderRef!, order: target!.order },
      { orderId: stop!.id, ref: stop!.order.orderRef!, order: stop!.order },
    ];
    expect((await bench.orders.openOrders()).map(({ id }) => id).sort()).toEqual([
      `${ref.id}s`,
      `${ref.id}t`,
    ]);
  });
});

describe('a change of a leg', () => {
  it('names its entry while that works, so that the leg sleeps on', async () => {
    const bench = await OrderBench.connected();
    const entry = await takesBracket(bench);
    const stop = bench.placed[2]!;
    bench.shows({ orderId: stop.id, status: 'PreSubmitted', order: stop.order, whyHeld: 'child,trigger' });
    const change = orderRequest({ id: `${ref.id}s`, side: 'sell', type: 'stop', price: 4492 });
    void bench.orders.amend(change, { id: `${ref.id}s`, symbol: 'ES' });
    await settled();
    expect(bench.placed.at(-1)).toMatchObject({ id: stop.id, order: { parentId: entry, auxPrice: 4492 } });
    expect(bench.placed.at(-1)?.order.ocaGroup).toBeUndefined();
  });

  it('does not name an entry that has ended: TWS would not find it', async () => {
    const bench = await OrderBench.connected();
    const entry = await takesBracket(bench);
    const stop = bench.placed[2]!;
    bench.shows({ orderId: stop.id, status: 'PreSubmitted', order: stop.order, whyHeld: 'child,trigger' });
    bench.execution({ execId: `${E}.01`, orderId: entry, shares: 2 });
    bench.status({ orderId: entry, status: 'Filled', filled: 2 });
    const change = orderRequest({ id: `${ref.id}s`, side: 'sell', type: 'stop', price: 4492 });
    void bench.orders.amend(change, { id: `${ref.id}s`, symbol: 'ES' });
    await settled();
    expect(bench.placed.at(-1)).toMatchObject({ id: stop.id });
    expect(bench.placed.at(-1)?.order.parentId).toBeUndefined();
  });
});

describe('an order that cannot be written', () => {
  it('is unknown, not thrown at whoever waits for its turn: a part of its bracket may have left', async () => {
    const { bench, line } = await busy();
    line.isBusy = true;
    const answer = bench.orders.submit(bracket);
    line.onWrite = ({ values }) => {
      if (values[0] === 2) throw new Error('a number that is none');
    };
    line.leave();
    expect(await answer).toMatchObject({ outcome: 'unknown', detail: 'a number that is none' });
    expect(await bench.orders.submit(bracket)).toMatchObject({ outcome: 'unknown' });
    expect(bench.placed.map(({ id }) => id)).toEqual([1]);
  });
});

describe('a duplicate id (103)', () => {
  it('of a leg, too, has the next order get one far above', async () => {
    const bench = await OrderBench.connected();
    void bench.orders.submit(bracket);
    bench.line.notice(3, 103, 'Duplicate order id');
    void bench.orders.submit(orderRequest({ id: 'j1-0abc-2-e' }));
    expect(bench.placed.at(-1)?.id).toBeGreaterThan(1_000);
  });

  it('of a margin check says nothing of the order, and the next check gets another id', async () => {
    const bench = await OrderBench.connected();
    const question = { symbol: 'ES', side: 'buy', quantity: 1 } as const;
    const answer = bench.orders.whatIf(question);
    bench.line.notice(1, 103, 'Duplicate order id');
    expect(await answer).toMatchObject({ outcome: 'unknown' });
    void bench.orders.whatIf(question);
    expect(bench.placed.at(-1)?.id).toBeGreaterThan(1_000);
  });
});

describe('a trade that cannot be read', () => {
  it('is told to a person: the position that it made is real', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.execution({ execId: 'without its number', orderId });
    bench.execution({ execId: 'of others', orderId, account: 'DU2' });
    expect(bench.notes).toMatchObject([expect.stringContaining('without its number')]);
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted']);
  });
});
