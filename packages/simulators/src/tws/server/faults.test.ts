import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TwsSession } from '../session.js';
import type { TwsFaultName } from './fault-state.js';
import { type Bench, benchTime, openBench } from './testing/bench.js';
import { codesOf, headsOf, RawClient, rawFrame } from './testing/raw-client.js';

describe('Faults of the connection to the simulated TWS', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const faults = () => bench.tws.faults;
  const count = (name: TwsFaultName) => faults().counts.get(name);
  const session = (clientId = 1) => bench.sessions.get(clientId) as TwsSession;
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
    expect(await bench.tryToStart(1)).toEqual(['closed']);
    faults().refuseConnections(false);
    expect((await bench.tryToStart(1))[0]).toBe('started');
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
      expect(headsOf([await old.next(() => true), await old.next(() => true)])).toEqual([
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
      expect(await bench.tryToStart(1)).toEqual(['closed', '326']);
      expect([bench.asked, bench.ends]).toEqual([[], []]);
      faults().heal();
      await allRead(fresh);
      expect([bench.asked, bench.ends]).toEqual([[[1, ['sent before it left']]], [1]]);
      expect((await bench.tryToStart(1))[0]).toBe('started');
    });

    it('ends with drop, and what was on the way is lost', async () => {
      const old = await bench.client(1);
      faults().halfOpen();
      old.send(3, 1);
      await allRead(await bench.client(2));
      faults().drop();
      await old.closed;
      faults().heal();
      expect([bench.asked, bench.ends, (await bench.tryToStart(1))[0]]).toEqual([[], [1, 2], 'started']);
    });
  });

  describe('restart', () => {
    it('breaks lines, refuses until it comes back, and rolls the order ids back', async () => {
      const client = await bench.client();
      const { port } = bench.tws;
      faults().restart({ rollBack: 40 });
      await client.closed;
      expect(await bench.tryToStart(1)).toEqual(['closed']);
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
      expect([codesOf(again.messages).at(-1), bench.asked]).toEqual(['2158', []]);
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
    expect(await bench.tryToStart(1)).toEqual(['closed', '326']);
    bench.clock.advance(benchTime + 5_000);
    expect((await bench.tryToStart(1))[0]).toBe('started');
    expect(count('held-client-id')).toBe(1);
    await bench.client(3).then((third) => third.socket.end());
    await allRead(other);
    expect(await bench.tryToStart(3)).toEqual(['closed', '326']);
    faults().holdClientId(0);
    expect((await bench.tryToStart(3))[0]).toBe('started');
  });
});
