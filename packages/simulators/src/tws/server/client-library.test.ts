import { EventName, IBApi } from '@stoqey/ib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, benchTime, openBench } from './testing/bench.js';

// What @stoqey/ib 1.6.10 understands of the simulator: its decoder was written by others, after IB's Java client.
describe.each([176, 193] as const)('The client library of others at server version %i', (serverVersion) => {
  let bench: Bench;
  const clients: IBApi[] = [];
  beforeEach(async () => {
    bench = await openBench({ serverVersion });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await bench.close();
  });

  const make = (clientId: number): IBApi => {
    const client = new IBApi({ host: '127.0.0.1', port: bench.tws.port, clientId, maxReqPerSec: 1_000 });
    clients.push(client);
    // An EventEmitter throws errors that nobody listens to.
    client.on(EventName.error, () => undefined);
    return client;
  };
  const once = (client: IBApi, event: EventName): Promise<readonly unknown[]> =>
    new Promise((resolve) => client.once(event as EventName.all, (...args: unknown[]) => resolve(args)));
  const connected = async (clientId: number): Promise<IBApi> => {
    const client = make(clientId);
    const ready = once(client, EventName.nextValidId);
    client.connect();
    await ready;
    return client;
  };

  it('connects: version, accounts, next order id, farms', async () => {
    const client = make(4);
    const infos: unknown[] = [];
    const farms = new Promise<void>((resolve) =>
      client.on(EventName.info, (text: string, code: number) => {
        infos.push([code, text]);
        if (code === 2158) resolve();
      }),
    );
    const told = Promise.all([
      once(client, EventName.server),
      once(client, EventName.managedAccounts),
      once(client, EventName.nextValidId),
    ]);
    client.connect();
    expect(await told).toEqual([[serverVersion, '20260102 09:00:00 GMT'], ['DU1,DU2'], [104]]);
    await farms;
    expect(infos).toEqual([
      [2104, 'Market data farm connection is OK:usfarm'],
      [2106, 'HMDS data farm connection is OK:ushmds'],
      [2158, 'Sec-def data farm connection is OK:secdefil'],
    ]);
  });

  it('is told 326 as an info, and is disconnected, where its id is in use', async () => {
    await connected(1);
    const client = make(1);
    const [info, gone] = [once(client, EventName.info), once(client, EventName.disconnected)];
    client.connect();
    expect(await info).toEqual([expect.stringContaining('already in use'), 326]);
    await gone;
  });

  it('asks for time, ids and accounts', async () => {
    const client = await connected(1);
    const time = once(client, EventName.currentTime);
    client.reqCurrentTime();
    expect(await time).toEqual([benchTime / 1_000]);
    const id = once(client, EventName.nextValidId);
    client.reqIds();
    expect(await id).toEqual([101]);
    const accounts = once(client, EventName.managedAccounts);
    client.reqManagedAccts();
    expect(await accounts).toEqual(['DU1,DU2']);
  });

  it('reads errors of a request, their letters and what TWS says in JSON of a refused order', async () => {
    const client = await connected(1);
    const error = once(client, EventName.error);
    bench.sessions.get(1)?.error(9, 201, 'Order rejected - reason: zu früh', '{"rejects":[{"tag":"8229"}]}');
    const [cause, ...rest] = await error;
    expect((cause as Error).message).toBe('Order rejected - reason: zu früh');
    expect(rest).toEqual([201, 9, { rejects: [{ tag: '8229' }] }]);
  });

  it('hears of lost and restored connectivity', async () => {
    const client = await connected(1);
    const codes: number[] = [];
    const restored = new Promise<void>((resolve) =>
      client.on(EventName.info, (_: string, code: number) => {
        if (code > 1_000 && code < 1_200) codes.push(code);
        if (code === 1_102) resolve();
      }),
    );
    bench.tws.faults.connectivityLost();
    bench.tws.faults.connectivityRestored({ dataLost: true });
    bench.tws.faults.connectivityLost();
    bench.tws.faults.connectivityRestored({ dataLost: false });
    await restored;
    expect(codes).toEqual([1100, 1101, 1100, 1102]);
  });
});
