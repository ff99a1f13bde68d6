import type { Clock } from '@mikrobot/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TwsSession } from '../session.js';
import type { TwsFaultName } from './fault-state.js';
import { Sessions } from './sessions.js';
import { serveTws } from './simulator.js';
import { type Bench, benchTime, openBench } from './testing/bench.js';
import { codesOf, headsOf, RawClient, rawFrame, rawGreeting } from './testing/raw-client.js';

describe('Faults of what the simulated TWS is told and tells', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const faults = () => bench.tws.faults;
  const count = (name: TwsFaultName) => faults().counts.get(name);
  const session = (clientId = 1) => bench.sessions.get(clientId) as TwsSession;

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
      expect(headsOf(client.messages.slice(-1))).toEqual(['4 2']);
      bench.clock.advance(benchTime + 300);
      client.send(3, 3);
      expect(headsOf(await client.settle())).toEqual(['3 1', '3 2', '3 3']);
      expect(count('delayed-message')).toBe(2);
    });

    it('come late before a line is ended, too', async () => {
      await bench.client(1);
      faults().delayAnswers(300);
      const second = new RawClient(bench.tws.port);
      second.socket.write(
        Buffer.concat([rawGreeting('v100..193'), rawFrame([71, 2, 1, '']), rawFrame([71, 2])]),
      );
      while (count('delayed-message') === undefined) await new Promise((resolve) => setImmediate(resolve));
      expect([second.messages, second.socket.destroyed]).toEqual([[], false]);
      bench.clock.advance(benchTime + 300);
      await second.closed;
      expect(codesOf(second.messages)).toEqual(['326']);
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
      expect(headsOf(await client.settle())).toEqual(['3 1', '11 -1', '3 3']);
      expect(bench.asked.map(([, [id]]) => id)).toEqual(['1', '2', '3']);
      expect([await other.settle(), count('lost-answer')]).toEqual([[], 1]);
    });

    it('are told twice', async () => {
      const client = await bench.client();
      faults().duplicateNext('orderStatus');
      session().send([5, 'an order']);
      session().send([3, 1, 'Filled']);
      session().send([3, 2, 'Filled']);
      expect(headsOf(await client.settle())).toEqual(['5 an order', '3 1', '3 1', '3 2']);
      expect(count('duplicated-message')).toBe(1);
    });

    it('are overtaken by the next one', async () => {
      const client = await bench.client();
      faults().reorderNext(11);
      for (const id of [11, 3, 59]) session().send([id, 'a fill']);
      expect(headsOf(await client.settle())).toEqual(['3 a fill', '11 a fill', '59 a fill']);
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
      expect(headsOf(await client.settle())).toEqual(['3 1', '11 7', '59 1', '55 1']);
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
      expect(codesOf(await client.settle())).toEqual(['1100', '1102']);
      client.send(7, 1);
      expect(headsOf(await client.settle())).toEqual(['11 7', '59 1', '55 1']);
      expect(headsOf(client.messages).filter((head) => head.startsWith('11'))).toEqual(['11 7']);
    });
  });

  it('blind leaves out the ends of answers about orders and the account', async () => {
    const client = await bench.client();
    faults().blind(true);
    client.send(7, 1);
    client.send(5, 1);
    expect(headsOf(await client.settle())).toEqual(['11 7', '59 1']);
    faults().blind(false);
    client.send(5, 1);
    expect(headsOf(await client.settle())).toEqual(['53 1']);
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
    expect(headsOf(await client.settle())).toEqual(['11 -1', '3 1', '53 1']);
    expect([(await bench.tryToStart(2))[0], all.counts.size]).toEqual(['started', 0]);
  });
});
