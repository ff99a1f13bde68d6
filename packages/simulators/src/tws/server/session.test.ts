import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, benchTime, openBench } from './testing/bench.js';
import { RawClient, rawFrame, rawGreeting } from './testing/raw-client.js';

describe('A session with the simulated TWS', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());
  const reopen = async (options: Parameters<typeof openBench>[0]) => {
    await bench.close();
    bench = await openBench(options);
  };

  it('begins with version, accounts, next order id and the farms, byte for byte', async () => {
    const client = new RawClient(bench.tws.port);
    const bytes: Buffer[] = [];
    client.socket.on('data', (chunk) => bytes.push(chunk));
    client.socket.write(rawGreeting('v100..193'));
    await client.next(() => true);
    client.send(71, 2, 5, '');
    await client.next(([, , , code]) => code === '2158');
    const expected = [
      [193, '20260102 09:00:00 GMT'],
      [15, 1, 'DU1,DU2'],
      [9, 1, 105],
      [4, 2, -1, 2104, 'Market data farm connection is OK:usfarm', ''],
      [4, 2, -1, 2106, 'HMDS data farm connection is OK:ushmds', ''],
      [4, 2, -1, 2158, 'Sec-def data farm connection is OK:secdefil', ''],
    ];
    expect(Buffer.concat(bytes).equals(Buffer.concat(expected.map(rawFrame)))).toBe(true);
    client.close();
  });

  it.each([
    [193, 'v100..193', '193'],
    [193, 'v157..178', '178'],
    [176, 'v100..193', '176'],
    [193, 'v176', '176'],
    [193, 'v100..187 +PACEAPI', '187'],
  ] as const)('speaks at version %i to a client of %s: %s', async (serverVersion, offer, version) => {
    await reopen({ serverVersion });
    const client = await bench.client(1, offer);
    expect(client.messages[0]?.[0]).toBe(version);
    expect(bench.sessions.get(1)?.serverVersion).toBe(Number(version));
  });

  it.each(['v100..175', 'v194..200', 'hello', 'v'])(
    'closes the line of a client that offers %s',
    async (offer) => {
      const client = new RawClient(bench.tws.port);
      client.socket.write(rawGreeting(offer));
      await client.closed;
      expect([client.messages, [...bench.tws.ignored]]).toEqual([[], [['bad-version', 1]]]);
    },
  );

  it.each([
    ['a greeting of another protocol', Buffer.from('GET / HTTP/1.1\r\n')],
    ['a frame of length 0', Buffer.concat([rawGreeting('v100..193'), Buffer.alloc(4)])],
    ['a frame of 4 GB', Buffer.concat([rawGreeting('v100..193'), Buffer.alloc(4, 0xff)])],
    ['a message without an end', Buffer.concat([rawGreeting('v100..193'), Buffer.from('\0\0\0\x0249')])],
    ['a message without an id', Buffer.concat([rawGreeting('v100..193'), rawFrame(['start'])])],
    ['a client id that is none', Buffer.concat([rawGreeting('v100..193'), rawFrame([71, 2, 'x', ''])])],
  ])('closes the line for %s and counts it', async (_, bytes) => {
    const client = new RawClient(bench.tws.port);
    client.socket.write(bytes);
    await client.closed;
    expect([...bench.tws.ignored]).toEqual([['bad-frame', 1]]);
    expect(await (await bench.client()).settle()).toEqual([]);
  });

  it('tells the time of its clock, accounts and the next order id when asked', async () => {
    const client = await bench.client(3);
    bench.clock.advance(benchTime + 1_999);
    client.send(49, 1);
    client.send(17, 1);
    client.send(8, 1, 1);
    client.send(14, 1, 5);
    await client.next(([id]) => id === '9');
    expect(client.messages.slice(-3)).toEqual([
      ['49', '1', String(benchTime / 1_000 + 1)],
      ['15', '1', 'DU1,DU2'],
      ['9', '1', '103'],
    ]);
  });

  it('hands messages to the room that answers them, and the room sees its sessions', async () => {
    const [one, two] = [await bench.client(1), await bench.client(2)];
    two.send(3, 8, 'AAPL');
    expect(await two.next(() => true)).toEqual(['3', '8', 'Submitted']);
    expect(bench.asked).toEqual([[2, ['8', 'AAPL']]]);
    expect(Array.from(bench.sessions, ({ clientId }) => clientId)).toEqual([1, 2]);
    one.close();
    await one.closed;
    await two.settle();
    expect([bench.sessions.get(1), bench.ends]).toEqual([undefined, [1]]);
  });

  it('ignores and counts messages that it does not know, and what comes before the API is started', async () => {
    const early = new RawClient(bench.tws.port);
    early.socket.write(Buffer.concat([rawGreeting('v100..193'), rawFrame([3, 1]), rawFrame([71, 2, 9, ''])]));
    await early.next(([id]) => id === '15');
    early.send(12_345, 1);
    await early.settle();
    expect([...bench.tws.ignored]).toEqual([
      ['not-started', 1],
      ['unknown-message', 1],
    ]);
    expect([bench.asked, bench.tws.received.get('placeOrder')]).toEqual([[], 1]);
    early.close();
  });

  it('answers 326 to a client id in use and closes that line; the one before lives on', async () => {
    const first = await bench.client(7);
    const second = new RawClient(bench.tws.port);
    second.socket.write(Buffer.concat([rawGreeting('v100..193'), rawFrame([71, 2, 7, ''])]));
    await second.closed;
    expect(second.messages.slice(1)).toEqual([
      ['4', '2', '-1', '326', expect.stringContaining('client id is already in use'), ''],
    ]);
    expect(await first.settle()).toEqual([]);
    expect(bench.ends).toEqual([]);
  });

  it('sends texts of errors in ASCII, with escapes', async () => {
    const client = await bench.client();
    bench.sessions.get(1)?.error(5, 201, 'zu früh', '{"a":"é"}');
    expect(await client.settle()).toEqual([['4', '2', '5', '201', 'zu fr\\u00fch', '{"a":"\\u00e9"}']]);
  });

  it('breaks the line of a client that does not read, and keeps no more than 64 MB for it', async () => {
    const [slow, other] = [await bench.client(1), await bench.client(2)];
    slow.socket.pause();
    const piece = 'x'.repeat(8 << 20);
    for (let i = 0; i < 12; i++) {
      bench.sessions.get(1)?.send([99, piece]);
      await Promise.resolve();
    }
    await other.settle();
    expect([bench.ends, bench.sessions.get(2)?.open, [...bench.tws.ignored]]).toEqual([
      [1],
      true,
      [['slow-client', 1]],
    ]);
  });

  it('keeps going when a room throws, and says so', async () => {
    const client = await bench.client();
    client.send(9, 'throw');
    await client.settle();
    expect(bench.tws.failures).toEqual([new Error('a room broke')]);
    (bench.tws.failures as unknown[]).length = 0;
  });

  it('takes 50 messages in a sliding second, and answers error 100 to those above', async () => {
    await reopen({ messagesPerSecond: 50 });
    const client = await bench.client();
    for (let i = 0; i < 53; i++) client.send(3, i);
    const error = ([id]: readonly string[]): boolean => id === '4';
    for (let i = 0; i < 3; i++)
      expect(await client.next(error)).toEqual([
        ...['4', '2', '-1', '100'],
        'Max rate of messages per second has been exceeded:max=50 rec=51 (1)',
        '',
      ]);
    expect(bench.asked.map(([, [id]]) => id)).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
    bench.clock.advance(benchTime + 999);
    client.send(3, 'early');
    await client.next(error);
    bench.clock.advance(benchTime + 1_000);
    client.send(3, 'in time');
    await client.next(([id]) => id === '3');
    expect([bench.asked.length, bench.tws.ignored.get('too-many-messages')]).toEqual([51, 4]);
  });

  it('disconnects after three seconds with too many messages where it is told to', async () => {
    await reopen({ messagesPerSecond: 2, violationsAllowed: 3 });
    const client = await bench.client();
    for (let second = 0; second < 3; second++) {
      bench.clock.advance(benchTime + 1_000 * second);
      for (let i = 0; i < 3; i++) client.send(3, i);
      await client.next(([id]) => id === '4');
    }
    await client.closed;
    expect(
      client.messages
        .filter(([id]) => id === '4')
        .slice(-3)
        .map(([, , , , text]) => text?.slice(-3)),
    ).toEqual(['(1)', '(2)', '(3)']);
  });
});
