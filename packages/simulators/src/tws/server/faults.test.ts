import type { Clock } from '@mikrobot/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TwsFaultName } from './fault-state.js';
import { Sessions } from './sessions.js';
import { serveTws } from './simulator.js';
import { type Bench, benchTime, openBench } from './testing/bench.js';
import { RawClient, rawFrame, rawGreeting } from './testing/raw-client.js';

describe('Faults of the simulated TWS', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    const failures = [...bench.tws.failures];
    await bench.close();
    expect(failures).toEqual([]);
  });

  const faults = () => bench.tws.faults;
  const count = (name: TwsFaultName) => faults().counts.get(name);
  const codes = (messages: readonly (readonly string[])[]) =>
    messages.filter(([id]) => id === '4').map(([, , , code]) => code);
  const heads = (messages: readonly (readonly string[])[]) => messages.map(([id, what]) => `${id} ${what}`);
  const session = (clientId = 1) => {
    const found = bench.sessions.get(clientId);
    if (found === undefined) throw new Error(`client ${clientId} has no session`);
    return found;
  };
  /** What a client that starts is told until the line ends or the start is complete. */
  const tryToStart = async (clientId: number) => {
    const client = new RawClient(bench.tws.port);
    client.socket.write(Buffer.concat([rawGreeting('v100..193'), rawFrame([71, 2, clientId, ''])]));
    const started = client.next(([id, , , code]) => id === '4' && code === '2158').then(() => 'started');
    const result = await Promise.race([client.closed.then(() => 'closed'), started.catch(() => 'closed')]);
    client.close();
    return [result, ...codes(client.messages)];
  };
  /** Waits until the server has read what was sent before on any line: two round trips of another client. */
  const allRead = async (other: RawClient) => {
    await other.settle();
    await other.settle();
  };

  it('drop breaks every connection, and the next one is served', async () => {
    const clients = [await bench.client(1), await bench.client(2)];
    faults().drop();
    await Promise.all(clients.map(({ closed }) => closed));
    expect([bench.ends, bench.tws.connections, count('drop')]).toEqual([[1, 2], 0, 1]);
    expect((await bench.client(1)).socket.destroyed).toBe(false);
  });

  it('refuses connections while it is told to', async () => {
    faults().refuseConnections(true);
    expect(await tryToStart(1)).toEqual(['closed']);
    faults().refuseConnections(false);
    expect((await tryToStart(1))[0]).toBe('started');
    expect(count('refused-connection')).toBe(1);
  });

  describe('half-open', () => {
    it('leaves old lines silent and deaf, and serves new ones', async () => {
      const old = await bench.client(1);
      faults().halfOpen();
      const fresh = await bench.client(2);
      old.send(3, 1);
      session(1).send([99, 'unsaid']);
      await allRead(fresh);
      expect([bench.asked, await fresh.settle(), old.socket.destroyed, session(1).open]).toEqual([
        [],
        [],
        false,
        true,
      ]);
      expect(old.messages.at(-1)?.[3]).toBe('2158');
      expect(count('half-open')).toBe(1);
    });

    it('lets all that was on the way arrive once it heals', async () => {
      const old = await bench.client(1);
      faults().halfOpen();
      const fresh = await bench.client(2);
      session(1).send([99, 'unsaid']);
      old.send(3, 'late order');
      await allRead(fresh);
      faults().heal();
      expect(heads([await old.next(() => true), await old.next(() => true)])).toEqual([
        '99 unsaid',
        '3 late order',
      ]);
    });

    it('holds the id of a client that has left, and still takes its last order when it heals', async () => {
      const old = await bench.client(1);
      faults().halfOpen();
      const fresh = await bench.client(2);
      old.socket.end(rawFrame([3, 'sent before it left']));
      await allRead(fresh);
      expect(await tryToStart(1)).toEqual(['closed', '326']);
      expect([bench.asked, bench.ends]).toEqual([[], []]);
      faults().heal();
      await allRead(fresh);
      expect([bench.asked, bench.ends]).toEqual([[[1, ['sent before it left']]], [1]]);
      expect((await tryToStart(1))[0]).toBe('started');
    });

    it('ends with drop, and what was on the way is lost', async () => {
      const old = await bench.client(1);
      faults().halfOpen();
      old.send(3, 1);
      await allRead(await bench.client(2));
      faults().drop();
      await old.closed;
      faults().heal();
      expect([bench.asked, bench.ends, (await tryToStart(1))[0]]).toEqual([[], [1, 2], 'started']);
    });
  });

  describe('connectivity', () => {
    it('lost: 1100, no answer of IB, no word of fills; time and ids are answered all the same', async () => {
      const client = await bench.client();
      faults().connectivityLost();
      client.send(3, 1);
      client.send(7, 1);
      client.send(8, 1, 1);
      session().send([11, -1, 'fill']);
      session().error(-1, 2104, 'of a room');
      expect(heads(await client.settle())).toEqual(['4 2', '9 1']);
      expect([codes(client.messages).at(-1), bench.asked]).toEqual(['1100', []]);
      expect([count('connectivity-lost'), count('unreachable-request'), count('untold-message')]).toEqual([
        1, 2, 2,
      ]);
      // Those who connect meanwhile are told that it is broken.
      expect(codes((await bench.client(2)).messages)).toEqual(['2110']);
    });

    it('restored with 1102: requests are answered again, what was missed is not told', async () => {
      const client = await bench.client();
      faults().connectivityLost({ code: 2110 });
      session().send([11, -1, 'missed']);
      client.send(3, 'lost');
      await client.settle();
      faults().connectivityRestored({ dataLost: false });
      client.send(3, 'new');
      expect(heads(await client.settle())).toEqual(['4 2', '3 new']);
      expect(codes(client.messages).slice(-2)).toEqual(['2110', '1102']);
      expect([bench.asked, bench.dataLosses]).toEqual([[[1, ['new']]], []]);
    });

    it('restored with 1101: each session forgets its market data', async () => {
      const [one] = [await bench.client(1), await bench.client(2)];
      faults().connectivityLost();
      faults().connectivityRestored({ dataLost: true });
      expect(codes(await one.settle())).toEqual(['1100', '1101']);
      expect(bench.dataLosses).toEqual([1, 2]);
    });

    it('can hold requests and pass them on later, in order', async () => {
      const client = await bench.client();
      faults().connectivityLost({ requests: 'held' });
      client.send(3, 1);
      client.send(3, 2);
      await client.settle();
      expect(bench.asked).toEqual([]);
      faults().connectivityRestored({ dataLost: false });
      expect(heads(await client.settle())).toEqual(['4 2', '3 1', '3 2']);
    });

    it('says anything that TWS says of farms', async () => {
      const client = await bench.client();
      faults().notice(2103, 'Market data farm connection is broken:usfarm');
      expect(await client.settle()).toEqual([
        ['4', '2', '-1', '2103', 'Market data farm connection is broken:usfarm', ''],
      ]);
    });
  });

  describe('restart', () => {
    it('breaks lines, refuses until it comes back, and rolls the order ids back', async () => {
      const client = await bench.client();
      const { port } = bench.tws;
      faults().restart({ rollBack: 40 });
      await client.closed;
      expect(await tryToStart(1)).toEqual(['closed']);
      faults().comeBack();
      expect(bench.tws.port).toBe(port);
      const again = await bench.client();
      expect(again.messages.find(([id]) => id === '9')).toEqual(['9', '1', '61']);
      expect([bench.ends, count('restart')]).toEqual([[1], 1]);
    });

    it('forgets held ids and requests, and reaches IB again', async () => {
      faults().holdClientId(60_000);
      const client = await bench.client();
      faults().connectivityLost({ requests: 'held' });
      client.send(3, 1);
      await client.settle();
      faults().restart();
      faults().comeBack();
      const again = await bench.client();
      faults().connectivityRestored({ dataLost: false });
      expect([codes(again.messages).at(-1), bench.asked]).toEqual(['2158', []]);
    });
  });

  it('moves to another port with 1300', async () => {
    const [client, before] = [await bench.client(), bench.tws.port];
    const port = await faults().resetPort();
    await client.closed;
    expect(client.messages.at(-1)?.slice(2)).toEqual([
      '-1',
      '1300',
      expect.stringContaining(`- ${port}`),
      '',
    ]);
    expect([port === before, bench.tws.port]).toEqual([false, port]);
    const stale = new RawClient(before);
    await stale.closed;
    await bench.client();
  });

  it('holds the id of a connection that has ended for a while', async () => {
    faults().holdClientId(5_000);
    const [client, other] = [await bench.client(1), await bench.client(2)];
    client.close();
    await allRead(other);
    bench.clock.advance(benchTime + 4_999);
    expect(await tryToStart(1)).toEqual(['closed', '326']);
    bench.clock.advance(benchTime + 5_000);
    expect((await tryToStart(1))[0]).toBe('started');
    expect(count('held-client-id')).toBe(1);
  });

  describe('messages', () => {
    it('come late, in order, also those that are said after the delay has ended', async () => {
      const client = await bench.client();
      faults().delayAnswers(300);
      client.send(3, 1);
      await bench.reached(1);
      bench.clock.advance(benchTime + 200);
      faults().delayAnswers(0);
      client.send(3, 2);
      await bench.reached(2);
      expect(heads(client.messages.slice(-1))).toEqual(['4 2']);
      bench.clock.advance(benchTime + 300);
      client.send(3, 3);
      expect(heads(await client.settle())).toEqual(['3 1', '3 2', '3 3']);
      expect(count('delayed-message')).toBe(2);
    });

    it('are lost on the way in: the next order, or the next request that fits', async () => {
      const client = await bench.client();
      faults().loseNextRequest();
      faults().loseNextRequest('reqExecutions');
      client.send(9, 'kept');
      client.send(3, 'lost');
      client.send(3, 'kept');
      client.send(7, 'lost');
      await client.settle();
      expect(bench.asked).toEqual([
        [1, ['kept']],
        [1, ['kept']],
      ]);
      expect(count('lost-request')).toBe(2);
    });

    it('are lost on the way out: the request is handled, and its client hears nothing of it', async () => {
      const [client, other] = [await bench.client(1), await bench.client(2)];
      faults().loseNextAnswer(({ name, fields }) => name === 'placeOrder' && fields[1] === '2');
      client.send(3, 1);
      client.send(3, 2);
      await bench.reached(2);
      session().send([11, -1, 'a fill of it']);
      client.send(3, 3);
      expect(heads(await client.settle())).toEqual(['3 1', '11 -1', '3 3']);
      expect(bench.asked.map(([, [id]]) => id)).toEqual(['1', '2', '3']);
      expect([await other.settle(), count('lost-answer')]).toEqual([[], 1]);
    });

    it('are told twice', async () => {
      const client = await bench.client();
      faults().duplicateNext('orderStatus');
      session().send([5, 'an order']);
      session().send([3, 1, 'Filled']);
      session().send([3, 2, 'Filled']);
      expect(heads(await client.settle())).toEqual(['5 an order', '3 1', '3 1', '3 2']);
      expect(count('duplicated-message')).toBe(1);
    });

    it('are overtaken by the next one', async () => {
      const client = await bench.client();
      faults().reorderNext(11);
      for (const id of [11, 3, 59]) session().send([id, 'a fill']);
      expect(heads(await client.settle())).toEqual(['3 a fill', '11 a fill', '59 a fill']);
      expect(count('reordered-message')).toBe(1);
    });
  });

  it('leaves it to the exchange to refuse the next order', () => {
    faults().refuseNext(201, 'Order rejected - reason: no');
    expect(bench.refusals).toEqual([[201, 'Order rejected - reason: no']]);
  });

  describe('executions', () => {
    it('and commissions come late after the status, except where they are requested', async () => {
      const client = await bench.client();
      faults().lateExecutions(1_000);
      session().send([11, -1, 'late']);
      session().send([59, 1, 'late']);
      session().send([3, 1, 'Filled']);
      client.send(7, 1);
      expect(heads(await client.settle())).toEqual(['3 1', '11 7', '59 1', '55 1']);
      bench.clock.advance(benchTime + 1_000);
      expect(await client.settle()).toEqual([
        ['11', '-1', 'late'],
        ['59', '1', 'late'],
      ]);
      expect(count('late-execution')).toBe(2);
    });

    it('can be kept back altogether, and late ones are lost with the way to IB', async () => {
      const client = await bench.client();
      faults().lateExecutions(Number.POSITIVE_INFINITY);
      session().send([11, -1, 'never']);
      faults().lateExecutions(1_000);
      session().send([11, -1, 'late']);
      faults().connectivityLost();
      bench.clock.advance(benchTime + 1_000_000);
      faults().connectivityRestored({ dataLost: false });
      expect(codes(await client.settle())).toEqual(['1100', '1102']);
      client.send(7, 1);
      expect(heads(await client.settle())).toEqual(['11 7', '59 1', '55 1']);
      expect(heads(client.messages).filter((head) => head.startsWith('11'))).toEqual(['11 7']);
    });
  });

  it('blind leaves out the ends of answers about orders and the account', async () => {
    const client = await bench.client();
    faults().blind(true);
    client.send(7, 1);
    client.send(5, 1);
    expect(heads(await client.settle())).toEqual(['11 7', '59 1']);
    faults().blind(false);
    client.send(5, 1);
    expect(heads(await client.settle())).toEqual(['53 1']);
    expect(count('missing-end')).toBe(2);
  });

  it('leave no timer behind when the simulator is closed', async () => {
    const armed = new Set<string>();
    const clock: Clock = {
      now: () => benchTime,
      arm(id) {
        armed.add(id);
        return () => armed.delete(id);
      },
    };
    const tws = await serveTws(
      {
        accounts: ['DU1'],
        handlers: { 3: (asking) => asking.send([11, -1, 'late']), 5: (asking) => asking.send([53, 1]) },
        nextOrderId: () => 1,
        rollBackOrderIds: () => undefined,
        refuseNextOrder: () => undefined,
      },
      new Sessions(),
      { clock },
    );
    const client = await RawClient.start(tws.port, 1);
    tws.faults.lateExecutions(1_000);
    client.send(3, 1);
    await client.settle();
    tws.faults.delayAnswers(1_000);
    client.send(5, 1);
    client.socket.end();
    await client.closed;
    expect([tws.faults.counts.get('delayed-message'), tws.faults.counts.get('late-execution')]).toEqual([
      1, 1,
    ]);
    await tws.close();
    expect([...armed]).toEqual([]);
  });

  it('clear forgets what has not struck', async () => {
    const client = await bench.client();
    const all = faults();
    all.loseNextRequest();
    all.loseNextAnswer();
    all.duplicateNext(3);
    all.reorderNext(3);
    all.lateExecutions(5);
    all.delayAnswers(5);
    all.blind(true);
    all.refuseConnections(true);
    all.clear();
    client.send(3, 1);
    session().send([11, -1, 'now']);
    client.send(5, 1);
    expect(heads(await client.settle())).toEqual(['11 -1', '3 1', '53 1']);
    expect([(await tryToStart(2))[0], all.counts.size]).toEqual(['started', 0]);
  });
});
