import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TwsSession } from '../session.js';
import type { TwsFaultName } from './fault-state.js';
import { type Bench, openBench } from './testing/bench.js';
import { codesOf, headsOf } from './testing/raw-client.js';

describe('A simulated TWS that does not reach IB', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const faults = () => bench.tws.faults;
  const count = (name: TwsFaultName) => faults().counts.get(name);
  const session = (clientId = 1) => bench.sessions.get(clientId) as TwsSession;

  it('lost: 1100, no answer of IB, no word of fills; time and ids are answered all the same', async () => {
    const client = await bench.client();
    faults().connectivityLost();
    client.send(3, 1);
    client.send(7, 1);
    client.send(8, 1, 1);
    session().send([11, -1, 'fill']);
    session().error(-1, 2104, 'of a room');
    expect(headsOf(await client.settle())).toEqual(['4 2', '9 1']);
    expect([codesOf(client.messages).at(-1), bench.asked]).toEqual(['1100', []]);
    expect([count('connectivity-lost'), count('unreachable-request'), count('untold-message')]).toEqual([
      1, 2, 2,
    ]);
    // Those who connect meanwhile are told that it is broken.
    expect(codesOf((await bench.client(2)).messages)).toEqual(['2110']);
  });

  it('restored with 1102: requests are answered again, what was missed is not told', async () => {
    const client = await bench.client();
    faults().connectivityLost({ code: 2110 });
    session().send([11, -1, 'missed']);
    client.send(3, 'lost');
    await client.settle();
    faults().connectivityRestored({ dataLost: false });
    client.send(3, 'new');
    expect(headsOf(await client.settle())).toEqual(['4 2', '3 new']);
    expect(codesOf(client.messages).slice(-2)).toEqual(['2110', '1102']);
    expect([bench.asked, bench.dataLosses]).toEqual([[[1, ['new']]], []]);
  });

  it('restored with 1101: each session forgets its market data', async () => {
    const [one] = [await bench.client(1), await bench.client(2)];
    faults().connectivityLost();
    faults().connectivityRestored({ dataLost: true });
    expect(codesOf(await one.settle())).toEqual(['1100', '1101']);
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
    expect(headsOf(await client.settle())).toEqual(['4 2', '3 1', '3 2']);
  });

  it('says anything that TWS says of farms', async () => {
    const client = await bench.client();
    faults().notice(2103, 'Market data farm connection is broken:usfarm');
    expect(await client.settle()).toEqual([
      ['4', '2', '-1', '2103', 'Market data farm connection is broken:usfarm', ''],
    ]);
  });
});
