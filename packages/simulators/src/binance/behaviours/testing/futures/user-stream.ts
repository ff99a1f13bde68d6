import { type Behaviour, futures } from '../behaviour.js';
import { said } from '../caller.js';
import { at, fields, list, named, pick } from '../json.js';
import type { VenueUnderTest } from '../venue.js';
import type { Wire } from '../wire.js';
import { LIMIT, LISTEN_KEY, MARKET, ORDER } from './orders-used.js';

const ORDER_EVENT = 'user-data-streams/Event-Order-Update';
const ACCOUNT_EVENT = 'user-data-streams/Event-Balance-and-Position-Update';
const mine = { symbol: 'BTCUSDT', origClientOrderId: 'mine' };
const HOUR = 3_600_000;
const PINGED = 180_000;

/** Lets time pass in steps short enough that the connection can answer each ping of the venue. */
async function pass(venue: VenueUnderTest, wire: Wire, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= PINGED) {
    venue.advance(Math.min(left, PINGED));
    await wire.ask({ method: 'LIST_SUBSCRIPTIONS', id: left });
  }
}

/** The user stream, and the key that it is read by. */
export const userStream: readonly Behaviour[] = [
  {
    id: 'F-USR-01',
    title: 'ORDER_TRADE_UPDATE of a new LIMIT order has the documented fields',
    source: futures(ORDER_EVENT, 'Response Example'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const event = await wire.event('ORDER_TRADE_UPDATE');
      const always = 's c S o f q p ap sp x X i l z L T t b a m R wt ot ps cp pP si ss rp V pm gtd er';
      return [
        fields(event),
        always.split(' ').filter((name) => at(event, `o.${name}`) === undefined),
        pick(at(event, 'o'), 's', 'c', 'S', 'o', 'f', 'x', 'X', 't', 'm', 'R', 'ps', 'er'),
      ];
    },
    seen: [
      named('e E T o'),
      [],
      {
        s: 'BTCUSDT',
        c: 'mine',
        S: 'BUY',
        o: 'LIMIT',
        f: 'GTC',
        x: 'NEW',
        X: 'NEW',
        t: 0,
        m: false,
        R: false,
        ps: 'BOTH',
        er: '0',
      },
    ],
  },
  {
    id: 'F-USR-02',
    title: 'A market order is told NEW and then TRADE, FILLED, with its commission and profit',
    source: futures(ORDER_EVENT, 'Execution Type, Order Status'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ORDER, MARKET);
      const first = await wire.event('ORDER_TRADE_UPDATE');
      const last = await wire.event('ORDER_TRADE_UPDATE');
      return [
        pick(at(first, 'o'), 'x', 'X'),
        pick(at(last, 'o'), 'x', 'X', 'm', 'N'),
        [at(last, 'o.l'), at(last, 'o.z')].map(Number),
        Number(at(last, 'o.rp')),
        Number(at(last, 'o.n')) > 0,
      ];
    },
    seen: [{ x: 'NEW', X: 'NEW' }, { x: 'TRADE', X: 'FILLED', m: false, N: 'USDT' }, [0.01, 0.01], 0, true],
  },
  {
    id: 'F-USR-03',
    title: 'An order that rests or is cancelled changes no account: ACCOUNT_UPDATE is not told',
    source: futures(ACCOUNT_EVENT, 'Event Description'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      await venue.futures.delete(ORDER, mine);
      const cancelled = await wire.next((json) => at(json, 'o.X') === 'CANCELED');
      return [at(cancelled, 'o.x'), wire.untaken];
    },
    seen: ['CANCELED', ['ORDER_TRADE_UPDATE']],
  },
  {
    id: 'F-USR-04',
    title: 'A trade tells ACCOUNT_UPDATE with reason ORDER, the wallet and the position that changed',
    source: futures(ACCOUNT_EVENT, 'Response Example'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ORDER, MARKET);
      const event = await wire.event('ACCOUNT_UPDATE');
      const balance = at(event, 'a.B.0');
      const positions = list(at(event, 'a.P'));
      return [
        fields(event),
        at(event, 'a.m'),
        fields(balance),
        pick(balance, 'a', 'bc'),
        positions.length,
        's pa ep bep cr up mt iw ps'.split(' ').filter((name) => at(positions[0], name) === undefined),
        pick(positions[0], 's', 'ps'),
        Number(at(positions[0], 'pa')),
      ];
    },
    seen: [
      named('e E T a'),
      'ORDER',
      named('a wb cw bc'),
      { a: 'USDT', bc: '0' },
      1,
      [],
      { s: 'BTCUSDT', ps: 'BOTH' },
      0.01,
    ],
  },
  {
    id: 'F-USR-05',
    title: 'TRADE_LITE tells the trade alone, with the ids that ORDER_TRADE_UPDATE has',
    source: futures('user-data-streams/Event-Trade-Lite', 'Response Example'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ORDER, MARKET);
      const lite = await wire.event('TRADE_LITE');
      const trade = await wire.next((json) => at(json, 'o.x') === 'TRADE');
      return [fields(lite), at(lite, 't') === at(trade, 'o.t'), at(lite, 'i') === at(trade, 'o.i')];
    },
    seen: [named('e E T s q p m c S L l t i'), true, true],
  },
  {
    id: 'F-USR-06',
    title: 'A changed order is told as AMENDMENT',
    source: futures(ORDER_EVENT, 'Execution Type'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      await venue.futures.put(ORDER, { ...mine, side: 'BUY', quantity: '0.02', price: '57000' });
      const amended = await wire.next((json) => at(json, 'o.x') === 'AMENDMENT');
      return [at(amended, 'o.X'), Number(at(amended, 'o.p')), Number(at(amended, 'o.q'))];
    },
    seen: ['NEW', 57_000, 0.02],
  },
  {
    id: 'F-USR-07',
    title: 'An IOC order that expires is told EXPIRED with expiry reason 2',
    source: futures(ORDER_EVENT, 'Expiry Reason'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post(ORDER, { ...LIMIT, timeInForce: 'IOC' });
      const expired = await wire.next((json) => at(json, 'o.x') === 'EXPIRED');
      return pick(at(expired, 'o'), 'X', 'er');
    },
    seen: { X: 'EXPIRED', er: '2' },
  },
  {
    id: 'F-USR-08',
    title: 'A new leverage is told as ACCOUNT_CONFIG_UPDATE with ac, a new asset mode with ai',
    source: futures(
      'user-data-streams/Event-Account-Configuration-Update-previous-Leverage-Update',
      'Response Example',
    ),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await venue.futures.post('/fapi/v1/leverage', { symbol: 'BTCUSDT', leverage: 25 });
      const leverage = await wire.event('ACCOUNT_CONFIG_UPDATE');
      await venue.futures.post('/fapi/v1/multiAssetsMargin', { multiAssetsMargin: 'true' });
      const assets = await wire.event('ACCOUNT_CONFIG_UPDATE');
      return [at(leverage, 'ac'), at(leverage, 'ai'), at(assets, 'ai'), at(assets, 'ac')];
    },
    seen: [{ s: 'BTCUSDT', l: 25 }, undefined, { j: true }, undefined],
  },
  {
    id: 'F-USR-09',
    title: 'A second POST answers the same listenKey; PUT answers it too; DELETE answers an empty object',
    source: futures('user-data-streams', 'Connect'),
    act: async ({ futures: caller }) => {
      const first = at((await caller.keyed('POST', LISTEN_KEY)).body, 'listenKey');
      const second = at((await caller.keyed('POST', LISTEN_KEY)).body, 'listenKey');
      const kept = at((await caller.keyed('PUT', LISTEN_KEY)).body, 'listenKey');
      return [second === first, kept === first, (await caller.keyed('DELETE', LISTEN_KEY)).body];
    },
    seen: [true, true, {}],
  },
  {
    id: 'F-USR-10',
    title: 'Without an active listenKey a PUT is refused',
    source: futures('error-code', '-1125 INVALID_LISTEN_KEY'),
    act: async ({ futures: caller }) => said(await caller.keyed('PUT', LISTEN_KEY)).slice(0, 40),
    seen: '400 -1125 This listenKey does not exist.',
  },
  {
    id: 'F-USR-11',
    title: 'A listenKey lives 60 minutes from its last PUT; its end is told, and nothing more after that',
    source: futures('user-data-streams/Event-User-Data-Stream-Expired', 'Event Description'),
    act: async (venue) => {
      const wire = await venue.futuresUserStream();
      await pass(venue, wire, HOUR - 60_000);
      await venue.futures.keyed('PUT', LISTEN_KEY);
      await pass(venue, wire, HOUR - 1);
      await venue.futures.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const alive = at(await wire.event('ORDER_TRADE_UPDATE'), 'o.c');
      venue.advance(1);
      const end = await wire.event('listenKeyExpired');
      await venue.futures.post(ORDER, LIMIT);
      await wire.ask({ method: 'LIST_SUBSCRIPTIONS', id: 'last' });
      return [alive, fields(end), wire.untaken.filter((type) => type === 'ORDER_TRADE_UPDATE')];
    },
    seen: ['mine', named('e E listenKey'), []],
  },
  {
    id: 'F-USR-12',
    title: 'Funding of a crossed position tells its balance alone, with no position',
    source: futures(ACCOUNT_EVENT, 'Event Description'),
    act: async (venue) => {
      await venue.futures.post(ORDER, { ...MARKET, quantity: '0.5' });
      const { body } = await venue.futures.open('/fapi/v1/premiumIndex', { symbol: 'BTCUSDT' });
      const wait = Number(at(body, 'nextFundingTime')) - venue.clock.now();
      venue.advance(wait - 1000);
      const wire = await venue.futuresUserStream();
      venue.advance(1000);
      const paid = await wire.next((json) => at(json, 'a.m') === 'FUNDING_FEE');
      return [list(at(paid, 'a.B')).map((balance) => at(balance, 'a')), list(at(paid, 'a.P')).length];
    },
    seen: [['USDT'], 0],
  },
];
