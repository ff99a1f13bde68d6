import { rawGreeting } from '../../server/testing/raw-client.js';
import { type Behaviour, codes, decoder, ibAsync, issue, tws } from './behaviour.js';
import { type Client, codesOf, errorsOf, only } from './client.js';
import { buy, marketData } from './requests.js';
import type { TwsUnderTest } from './tws-under-test.js';

const nextId = async (client: Client): Promise<number> => Number(only(await client.ask(8, 1, 1), 9)[0]?.[2]);

const greeted = async (under: TwsUnderTest, versions: string): Promise<readonly string[]> => {
  const raw = under.connect();
  raw.socket.write(rawGreeting(versions));
  return raw.next(() => true);
};

/** A client that follows AAPL. */
const subscribed = async (under: TwsUnderTest): Promise<Client> => {
  const client = await under.client();
  await client.ask(...marketData(5));
  return client;
};

/** From the greeting to the end of a connection. */
export const session: readonly Behaviour[] = [
  {
    id: 'T-SES-01',
    title: 'The greeting is answered by a version that both speak, and the time of the connection',
    source: ibAsync('Client._onSocketHasData'),
    act: async (under) => {
      const wide = await greeted(under, 'v100..193');
      const narrow = await greeted(under, 'v157..178');
      return [wide[0], narrow[0], /^\d{8} \d\d:\d\d:\d\d \w+$/.test(wide[1] ?? ''), wide.length];
    },
    seen: (version: number) => [String(version), String(Math.min(version, 178)), true, 2],
  },
  {
    id: 'T-SES-02',
    title:
      'A client that has started is told its accounts, separated by commas, and the next order id, unasked',
    source: tws('connection', 'Establishing an API connection'),
    options: { accounts: [{ id: 'DU1' }, { id: 'DU2' }] },
    act: async (under) => {
      const { raw } = await under.client();
      return [only(raw.messages, 15), only(raw.messages, 9).length];
    },
    seen: [[['15', '1', 'DU1,DU2']], 1],
  },
  {
    id: 'T-SES-03',
    title: 'What it is told of the data farms at its start has the id -1',
    source: codes(2104, 2106, 2158),
    act: async (under) => codesOf((await under.client()).raw.messages),
    seen: ['-1: 2104', '-1: 2106', '-1: 2158'],
  },
  {
    id: 'T-SES-04',
    title: 'A client id that is in use is refused with 326, and the connection ends',
    source: codes(326),
    act: async (under) => {
      await under.client(7);
      const raw = under.connect();
      raw.socket.write(rawGreeting('v100..193'));
      await raw.next(() => true);
      raw.send(71, 2, 7, '');
      await raw.closed;
      return codesOf(raw.messages);
    },
    seen: ['-1: 326'],
  },
  {
    id: 'T-SES-05',
    title: 'reqIds is answered by the next order id, whatever number is sent with it',
    source: tws('order_submission', 'The Next Valid Identifier'),
    act: async (under) => {
      const client = await under.client();
      const told = only(client.raw.messages, 9)[0]?.[2];
      const asked = [await client.ask(8, 1, -1), await client.ask(8, 1, 50)];
      return asked.map((answer) => only(answer, 9)[0]?.[2] === told);
    },
    seen: [true, true],
  },
  {
    id: 'T-SES-06',
    title: 'The next order id is the one behind the highest that was used, in later connections too',
    source: tws('order_submission', 'The Next Valid Identifier'),
    act: async (under) => {
      const client = await under.client();
      await client.place(41, buy(1, 'LMT', { limit: 150 }));
      const before = await nextId(client);
      client.raw.close();
      await client.raw.closed;
      await under.connectionsLeft(0);
      return [before, await nextId(await under.client())];
    },
    seen: [42, 42],
  },
  {
    id: 'T-SES-07',
    title: 'Order ids of one client say nothing of those of another',
    source: tws('order_submission', 'The Next Valid Identifier'),
    act: async (under) => {
      const [one, other] = [await under.client(1), await under.client(2)];
      const before = await nextId(other);
      await one.place(41, buy(1, 'LMT', { limit: 150 }));
      return (await nextId(other)) - before;
    },
    seen: 0,
  },
  {
    id: 'T-SES-08',
    title: 'The time is told in seconds since 1970',
    source: decoder('decodeMsg_CURRENT_TIME'),
    act: async (under) => {
      const { raw } = await under.client();
      raw.send(49, 1);
      return raw.next(([id]) => id === '49');
    },
    seen: ['49', '1', String(Date.UTC(2026, 0, 14, 15) / 1000)],
  },
  {
    id: 'T-SES-09',
    title: 'The 51st message within a second is answered by error 100',
    source: codes(100),
    act: async (under) => {
      const client = await under.client();
      for (let i = 0; i < 51; i += 1) client.send(8, 1, 1);
      const { raw } = client;
      await raw.next(([id, , , code]) => id === '4' && code === '100');
      return only(raw.messages, 9).length - 1;
    },
    seen: 50,
  },
  {
    id: 'T-SES-10',
    title: 'Loss of the way to IB and its return are told with the id -1, and the connection stays',
    source: codes(1100, 1102),
    act: async (under) => {
      const client = await under.client();
      under.tws.faults.connectivityLost();
      under.tws.faults.connectivityRestored({ dataLost: false });
      return [codesOf(await client.news()), await nextId(client)];
    },
    seen: [['-1: 1100', '-1: 1102'], 1],
  },
  {
    id: 'T-SES-11',
    title: 'After 1101 market data must be requested anew',
    source: codes(1101),
    act: async (under) => {
      const client = await subscribed(under);
      under.tws.faults.connectivityLost();
      under.tws.faults.connectivityRestored({ dataLost: true });
      const told = codesOf(await client.news());
      under.quote(201, 201.1);
      const silent = only(await client.news(), 1).length;
      const again = only(await client.ask(...marketData(5)), 1).length > 0;
      return [told, silent, again];
    },
    seen: [['-1: 1100', '-1: 1101'], 0, true],
  },
  {
    id: 'T-SES-12',
    title: 'After 1102 market data goes on by itself',
    source: codes(1102),
    act: async (under) => {
      const client = await subscribed(under);
      under.tws.faults.connectivityLost();
      under.tws.faults.connectivityRestored({ dataLost: false });
      await client.news();
      under.quote(201, 201.1);
      return only(await client.news(), 1).map(([, , id, tick, price]) => [id, tick, price]);
    },
    seen: [
      ['5', '1', '201'],
      ['5', '2', '201.1'],
    ],
  },
  {
    id: 'T-SES-13',
    title: 'A change of the port is told by 1300, which names the new one, and the connection is dropped',
    source: codes(1300),
    act: async (under) => {
      const { raw } = await under.client();
      const port = await under.tws.faults.resetPort();
      await raw.closed;
      const [, , text = ''] = errorsOf(raw.messages).at(-1) ?? [];
      return [codesOf(raw.messages).at(-1), text.endsWith(String(port))];
    },
    seen: ['-1: 1300', true],
  },
  {
    id: 'T-SES-14',
    title: 'A way to IB that TWS itself will repair is told as 2110',
    source: codes(2110),
    act: async (under) => {
      const client = await under.client();
      under.tws.faults.connectivityLost({ code: 2110 });
      return codesOf(await client.news());
    },
    seen: ['-1: 2110'],
  },
  {
    id: 'T-SES-15',
    title: 'An error ends with a field for what an order may be told besides, from 166 on',
    source: decoder('decodeMsg_ERR_MSG'),
    act: async (under) => {
      const client = await under.client();
      const [message] = only(await client.ask(4, 1, 99, ''), 4);
      return [message?.length, client.read([message ?? []])[0]?.[0]];
    },
    seen: [6, 'error'],
  },
  {
    id: 'T-SES-16',
    title: 'Orders live on when their client disconnects, and are told to it when it connects again',
    source: issue('erdewit/ib_insync', 7),
    act: async (under) => {
      const client = await under.client();
      await client.place(1, buy(1, 'LMT', { limit: 150 }));
      client.raw.close();
      await under.connectionsLeft(0);
      const again = await under.client();
      return only(await again.news(), 5).map(([, id]) => id);
    },
    seen: ['1'],
  },
];
