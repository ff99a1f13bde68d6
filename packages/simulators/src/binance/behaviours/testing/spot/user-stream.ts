import { type Behaviour, faq, userData, wsApi } from '../behaviour.js';
import { times, units } from '../decimals.js';
import { at, fields, list, named, pick } from '../json.js';
import { signedParams } from '../wire.js';
import { LIMIT, MARKET, OCO, ORDER, SELL_OCO, STOP } from './orders-used.js';

const REPORT = `e E s c S o f q p P F g C x X r i l z L n N T t I w m M O Z Y Q V`;
const mine = { symbol: 'BTCUSDT', origClientOrderId: 'mine' };

/** What the user stream tells, and how it is subscribed. */
export const userStream: readonly Behaviour[] = [
  {
    id: 'S-USR-01',
    title: 'Events are wrapped in the id of their subscription, which begins at 0',
    source: wsApi('Event format'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, LIMIT);
      const message = await wire.next((json) => at(json, 'event.e') === 'executionReport');
      return [fields(message), at(message, 'subscriptionId')];
    },
    seen: [named('subscriptionId event'), 0],
  },
  {
    id: 'S-USR-02',
    title: 'The report of an accepted LIMIT order has the documented fields and no others',
    source: userData('Order Update'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      const event = await wire.event('executionReport');
      return [
        fields(event),
        pick(
          event,
          's',
          'c',
          'S',
          'o',
          'f',
          'q',
          'p',
          'P',
          'F',
          'g',
          'C',
          'x',
          'X',
          'r',
          'l',
          'z',
          'L',
          'n',
          'N',
          't',
          'w',
          'm',
          'Z',
          'Y',
          'Q',
          'V',
        ),
      ];
    },
    seen: [
      named(`${REPORT} W`),
      {
        s: 'BTCUSDT',
        c: 'mine',
        S: 'BUY',
        o: 'LIMIT',
        f: 'GTC',
        q: '0.01000000',
        p: '50000.00000000',
        P: '0.00000000',
        F: '0.00000000',
        g: -1,
        C: '',
        x: 'NEW',
        X: 'NEW',
        r: 'NONE',
        l: '0.00000000',
        z: '0.00000000',
        L: '0.00000000',
        n: '0',
        N: null,
        t: -1,
        w: true,
        m: false,
        Z: '0.00000000',
        Y: '0.00000000',
        Q: '0.00000000',
        V: 'NONE',
      },
    ],
  },
  {
    id: 'S-USR-03',
    title: 'The report of a cancel has the id of the cancel as c and that of the order as C',
    source: userData('Order Update'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      await venue.spot.delete(ORDER, { ...mine, newClientOrderId: 'cancel' });
      const cancelled = await wire.next((json) => at(json, 'event.x') === 'CANCELED');
      return pick(at(cancelled, 'event'), 'c', 'C', 'X', 'z');
    },
    seen: { c: 'cancel', C: 'mine', X: 'CANCELED', z: '0.00000000' },
  },
  {
    id: 'S-USR-04',
    title: 'A market order is told NEW first, then a TRADE whose quote is price times quantity',
    source: userData('Order Update'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, MARKET);
      const first = await wire.event('executionReport');
      const trade = await wire.event('executionReport');
      const text = (name: string) => String(at(trade, name));
      return [
        pick(first, 'x', 'X'),
        pick(trade, 'x', 'X', 'l', 'z', 'm'),
        Number(at(trade, 't')) >= 0,
        units(text('Y')) === units(times(text('L'), text('l'))),
      ];
    },
    seen: [
      { x: 'NEW', X: 'NEW' },
      { x: 'TRADE', X: 'FILLED', l: '0.01000000', z: '0.01000000', m: false },
      true,
      true,
    ],
  },
  {
    id: 'S-USR-05',
    title: 'A changed balance is told with the assets that the order changed',
    source: userData('Account Update'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, LIMIT);
      const event = await wire.event('outboundAccountPosition');
      const usdt = list(at(event, 'B')).find((balance) => at(balance, 'a') === 'USDT');
      return [fields(event), fields(usdt), at(usdt, 'l')];
    },
    seen: [named('e E u B'), named('a f l'), '500.00000000'],
  },
  {
    id: 'S-USR-06',
    title: 'An order that expires is told as EXPIRED with its reason as eR',
    source: userData('Order Expiry Reason'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, { ...LIMIT, timeInForce: 'IOC' });
      const expired = await wire.next((json) => at(json, 'event.x') === 'EXPIRED');
      return pick(at(expired, 'event'), 'X', 'eR');
    },
    seen: { X: 'EXPIRED', eR: 'UNFILLED_IOC_QUANTITY_EXPIRED' },
  },
  {
    id: 'S-USR-07',
    title: 'A pair is told by listStatus besides the report of each leg',
    source: userData('Order Update'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(OCO, { ...SELL_OCO, listClientOrderId: 'pair' });
      const event = await wire.event('listStatus');
      const reports = [await wire.event('executionReport'), await wire.event('executionReport')];
      return [
        fields(event),
        pick(event, 'c', 'l', 'L', 'r', 'C'),
        list(at(event, 'O')).map(fields),
        reports.every((report) => at(report, 'g') === at(event, 'g')),
      ];
    },
    seen: [
      named('e E s g c l L r C T O'),
      { c: 'OCO', l: 'EXEC_STARTED', L: 'EXECUTING', r: 'NONE', C: 'pair' },
      [named('s i c'), named('s i c')],
      true,
    ],
  },
  {
    id: 'S-USR-08',
    title: 'An amendment is told as REPLACED',
    source: faq('order_amend_keep_priority', 'How do I know if my order has been amended'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, { ...LIMIT, newClientOrderId: 'mine' });
      await venue.spot.put('/api/v3/order/amend/keepPriority', { ...mine, newQty: '0.005' });
      const amended = await wire.next((json) => at(json, 'event.x') === 'REPLACED');
      return pick(at(amended, 'event'), 'X', 'q');
    },
    seen: { X: 'NEW', q: '0.00500000' },
  },
  {
    id: 'S-USR-09',
    title: 'An account has at most one subscription on a connection',
    source: wsApi('User Data Stream subscription'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      const again = await wire.ask({
        id: 'again',
        method: 'userDataStream.subscribe.signature',
        params: signedParams(venue.spot.key, { timestamp: venue.clock.now() }),
      });
      return [at(again, 'status') === 200, at(again, 'error')];
    },
    seen: [false, { code: -2035, msg: 'User Data Stream subscription already active.' }],
  },
  {
    id: 'S-USR-10',
    title: 'Unsubscribing ends the stream with eventStreamTerminated, and nothing is told after it',
    source: userData('Event Stream Terminated'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      const answer = await wire.ask({ id: 'end', method: 'userDataStream.unsubscribe' });
      const last = await wire.event('eventStreamTerminated');
      await venue.spot.post(ORDER, LIMIT);
      await wire.ask({ id: 'after', method: 'ping' });
      return [at(answer, 'result'), fields(last), wire.untaken];
    },
    seen: [{}, named('e E'), []],
  },
  {
    id: 'S-USR-11',
    title: 'session.subscriptions lists what is subscribed',
    source: wsApi('Listing all subscriptions'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      return at(await wire.ask({ id: 'which', method: 'session.subscriptions', params: {} }), 'result');
    },
    seen: [{ subscriptionId: 0 }],
  },
  {
    id: 'S-USR-12',
    title: 'A stop that waits has its stop price as P, is not on the book, and has no working time',
    source: userData('Order Update, Conditional Fields in Execution Report'),
    act: async (venue) => {
      const wire = await venue.spotUserStream();
      await venue.spot.post(ORDER, STOP);
      const event = await wire.event('executionReport');
      return [fields(event), pick(event, 'o', 'P', 'w', 'X')];
    },
    seen: [named(REPORT), { o: 'STOP_LOSS', P: '55000.00000000', w: false, X: 'NEW' }],
  },
];
