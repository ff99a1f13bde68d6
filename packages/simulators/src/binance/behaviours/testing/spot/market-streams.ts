import { type Behaviour, streams } from '../behaviour.js';
import { at, fields, type Json, list, named, pick } from '../json.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const RECORDED =
  'recording of 2024-08-08 of the streams trade, bookTicker and depth@100ms of BTCUSDT on stream.binance.com';

/** A message with its fields in their order, digits before the point as one `#` and each after it as `0`. */
const shape = (message: Json): string =>
  JSON.stringify(message).replace(
    /(?<!@)\b\d+(\.\d+)?/g,
    (_, fraction?: string) => `#${(fraction ?? '').replace(/\d/g, '0')}`,
  );

/** Sets the levels of a depth message in a book; quantity zero removes. */
function apply(book: Map<number, number>, levels: Json | undefined): void {
  for (const level of list(levels)) {
    const [price, quantity] = list(level).map(Number) as [number, number];
    if (quantity === 0) book.delete(price);
    else book.set(price, quantity);
  }
}

/** Market data by streams. */
export const marketStreams: readonly Behaviour[] = [
  {
    id: 'S-MKT-06',
    title: 'Streams are subscribed, listed and unsubscribed by messages with an id',
    source: streams('Live Subscribing/Unsubscribing to streams'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws');
      return [
        await wire.ask({ method: 'SUBSCRIBE', params: ['btcusdt@aggTrade', 'btcusdt@kline_1m'], id: 1 }),
        await wire.ask({ method: 'UNSUBSCRIBE', params: ['btcusdt@kline_1m'], id: 312 }),
        await wire.ask({ method: 'LIST_SUBSCRIPTIONS', id: 3 }),
      ];
    },
    seen: [
      { result: null, id: 1 },
      { result: null, id: 312 },
      { result: ['btcusdt@aggTrade'], id: 3 },
    ],
  },
  {
    id: 'S-MKT-07',
    title: 'combined is false on /ws and true on /stream, and can be set',
    source: streams('Setting Properties, Retrieving Properties'),
    act: async (venue) => {
      const raw = await venue.spotStreams('/ws/btcusdt@trade');
      const combined = await venue.spotStreams('/stream?streams=btcusdt@trade');
      return [
        await raw.ask({ method: 'GET_PROPERTY', params: ['combined'], id: 2 }),
        await combined.ask({ method: 'GET_PROPERTY', params: ['combined'], id: 2 }),
        await raw.ask({ method: 'SET_PROPERTY', params: ['combined', true], id: 5 }),
        await raw.ask({ method: 'GET_PROPERTY', params: ['combined'], id: 6 }),
      ];
    },
    seen: [
      { result: false, id: 2 },
      { result: true, id: 2 },
      { result: null, id: 5 },
      { result: true, id: 6 },
    ],
  },
  {
    id: 'S-MKT-08',
    title: 'A combined stream wraps each event in its stream and data',
    source: streams('General WSS information'),
    act: async (venue) => {
      const combined = await venue.spotStreams('/stream?streams=btcusdt@trade');
      venue.trade('spot', 60_005, 0.5);
      const message = await combined.next();
      return [fields(message), at(message, 'stream'), at(message, 'data.e')];
    },
    seen: [named('stream data'), 'btcusdt@trade', 'trade'],
  },
  {
    id: 'S-MKT-09',
    title: 'What a stream connection cannot read is answered by code and message',
    source: streams('Error Messages'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws');
      const answer = async (message: Parameters<typeof wire.send>[0]) => {
        wire.send(message);
        const error = await wire.next();
        // The error is told bare or in a field `error`: the documentation shows it bare.
        const told = at(error, 'error') ?? error;
        return `${at(told, 'code')} ${String(at(told, 'msg')).replace(/(:|variant).*/, '$1')}`;
      };
      return [
        await answer({ method: 'SET_PROPERTY', params: ['joined', true], id: 1 }),
        await answer({ method: 'SET_PROPERTY', params: ['combined', 'yes'], id: 2 }),
        await answer('{"method":'),
      ];
    },
    seen: ['0 Unknown property', '1 Invalid value type:', '3 Invalid JSON:'],
  },
  {
    id: 'S-MKT-10',
    title: 'Trades and aggregate trades have the documented fields and agree',
    source: streams('Trade Streams, Aggregate Trade Streams'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/stream?streams=btcusdt@trade/btcusdt@aggTrade');
      venue.trade('spot', 60_005, 0.5, true);
      const trade = await wire.event('trade');
      const aggregate = await wire.event('aggTrade');
      return [
        fields(trade),
        fields(aggregate),
        pick(trade, 's', 'p', 'q', 'm'),
        [at(aggregate, 'f'), at(aggregate, 'l')].every((id) => id === at(trade, 't')),
      ];
    },
    seen: [
      named('e E s t p q T m M'),
      named('e E s a p q f l T m M'),
      { s: 'BTCUSDT', p: '60005.00000000', q: '0.50000000', m: true },
      true,
    ],
  },
  {
    id: 'S-MKT-11',
    title: 'bookTicker has no event type and no time',
    source: streams('Individual Symbol Book Ticker Streams'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws/btcusdt@bookTicker');
      venue.quote('spot', 60_020, 60_030);
      const ticker = await wire.next((json) => at(json, 'b') === '60020.00000000');
      return [fields(ticker), at(ticker, 'a')];
    },
    seen: [named('u s b B a A'), '60030.00000000'],
  },
  {
    id: 'S-MKT-12',
    title:
      'The first update of a depth event follows the last of the event before, and the snapshot fits between',
    source: streams('Diff. Depth Stream, How to manage a local order book correctly'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws/btcusdt@depth@100ms');
      const events: Json[] = [];
      for (let step = 1; step <= 4; step++) {
        venue.quote('spot', 60_000 + step, 60_010 + step);
        venue.advance(100);
        events.push(await wire.event('depthUpdate'));
      }
      const snapshot = Number(at((await venue.spot.open('/api/v3/depth', SYMBOL)).body, 'lastUpdateId'));
      const ids = events.map((event) => [Number(at(event, 'U')), Number(at(event, 'u'))] as const);
      return [
        fields(events[0]),
        ids.slice(1).every(([first], i) => first === (ids[i]?.[1] ?? Number.NaN) + 1),
        snapshot >= (ids.at(-1)?.[1] ?? Number.NaN),
      ];
    },
    seen: [named('e E s U u b a'), true, true],
  },
  {
    id: 'S-MKT-13',
    title: 'A level that left the book is told with quantity zero',
    source: streams('How to manage a local order book correctly'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws/btcusdt@depth@100ms');
      venue.quote('spot', 59_000, 59_010);
      venue.advance(100);
      const event = await wire.event('depthUpdate');
      const gone = list(at(event, 'b')).find((level) => Number(list(level)[0]) === 60_000);
      return Number(list(gone)[1]);
    },
    seen: 0,
  },
  {
    id: 'S-MKT-14',
    title: 'Partial depth has no symbol and at most as many levels as its name says',
    source: streams('Partial Book Depth Streams'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws/btcusdt@depth5@100ms');
      venue.quote('spot', 60_020, 60_030);
      venue.advance(100);
      const book = await wire.next((json) => at(json, 'lastUpdateId') !== undefined);
      return [fields(book), list(at(book, 'bids')).length <= 5];
    },
    seen: [named('lastUpdateId bids asks'), true],
  },
  {
    id: 'S-MKT-15',
    title: 'The venue pings every 20 seconds',
    source: streams('General WSS information'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws/btcusdt@trade');
      let pinged = false;
      const ping = wire.pinged.then(() => {
        pinged = true;
      });
      venue.advance(19_999);
      await wire.ask({ method: 'LIST_SUBSCRIPTIONS', id: 1 });
      const early = pinged;
      venue.advance(1);
      await ping;
      return [early, pinged];
    },
    seen: [false, true],
  },
  {
    id: 'S-MKT-16',
    title: 'Before it shuts down the venue says so on each stream connection, in the form of the stream',
    source: streams('Server Shutdown'),
    act: async (venue) => {
      const raw = await venue.spotStreams('/ws/btcusdt@trade');
      const combined = await venue.spotStreams('/stream?streams=btcusdt@trade');
      venue.shutDown();
      const wrapped = await combined.next();
      return [fields(await raw.event('serverShutdown')), at(wrapped, 'stream'), at(wrapped, 'data.e')];
    },
    seen: [named('e E'), '!serverShutdown', 'serverShutdown'],
  },
  {
    id: 'S-MKT-17',
    title: 'An event whose kline is open is told with the documented fields',
    source: streams('Kline/Candlestick Streams for UTC'),
    act: async (venue) => {
      const wire = await venue.spotStreams('/ws/btcusdt@kline_1m');
      venue.trade('spot', 60_005, 0.5);
      venue.advance(2_000);
      const event = await wire.event('kline');
      return [fields(event), fields(at(event, 'k')), pick(at(event, 'k'), 's', 'i', 'x')];
    },
    seen: [named('e E s k'), named('t T s i f L o c h l v n x q V Q B'), { s: 'BTCUSDT', i: '1m', x: false }],
  },
  {
    id: 'S-MKT-18',
    title: 'Fields have the order that was recorded, prices and quantities eight decimals',
    source: RECORDED,
    act: async (venue) => {
      const wire = await venue.spotStreams(
        '/stream?streams=btcusdt@trade/btcusdt@bookTicker/btcusdt@depth@100ms',
      );
      venue.trade('spot', 60_005, 0.5);
      venue.quote('spot', 60_020, 60_030);
      venue.advance(100);
      const depth = await wire.next((json) => at(json, 'data.e') === 'depthUpdate');
      return [
        shape(await wire.next((json) => at(json, 'data.e') === 'trade')),
        shape(await wire.next((json) => at(json, 'stream') === 'btcusdt@bookTicker')),
        shape(depth).replace(/("b":\[\["#\.0+","#\.0+"\]).*?("a":\[\["#\.0+","#\.0+"\]).*/, '$1…$2…'),
      ];
    },
    seen: [
      '{"stream":"btcusdt@trade","data":{"e":"trade","E":#,"s":"BTCUSDT","t":#,"p":"#.00000000","q":"#.00000000","T":#,"m":false,"M":true}}',
      '{"stream":"btcusdt@bookTicker","data":{"u":#,"s":"BTCUSDT","b":"#.00000000","B":"#.00000000","a":"#.00000000","A":"#.00000000"}}',
      '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":#,"s":"BTCUSDT","U":#,"u":#,"b":[["#.00000000","#.00000000"]…"a":[["#.00000000","#.00000000"]…',
    ],
  },
  {
    id: 'S-MKT-19',
    title: 'A book kept from a snapshot and the depth events has the best prices that bookTicker tells',
    source: streams('How to manage a local order book correctly'),
    act: async (venue) => {
      const depth = await venue.spotStreams('/ws/btcusdt@depth@100ms');
      const tickers = await venue.spotStreams('/ws/btcusdt@bookTicker');
      const snapshot = (await venue.spot.open('/api/v3/depth', { ...SYMBOL, limit: 5000 })).body;
      const [bids, asks] = [new Map<number, number>(), new Map<number, number>()];
      apply(bids, at(snapshot, 'bids'));
      apply(asks, at(snapshot, 'asks'));
      const told: boolean[] = [];
      for (const bid of [60_020, 59_990, 60_400]) {
        venue.quote('spot', bid, bid + 10);
        venue.advance(100);
        const event = await depth.event('depthUpdate');
        if (Number(at(event, 'u')) <= Number(at(snapshot, 'lastUpdateId'))) continue;
        apply(bids, at(event, 'b'));
        apply(asks, at(event, 'a'));
        const ticker = await tickers.next((json) => Number(at(json, 'b')) === bid);
        told.push(Math.max(...bids.keys()) === bid && Math.min(...asks.keys()) === Number(at(ticker, 'a')));
      }
      return told;
    },
    seen: [true, true, true],
  },
];
