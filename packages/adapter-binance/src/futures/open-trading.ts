import { type Clock, MikroBotError, type Random } from '@mikrobot/core';
import type { LineState } from '../connection/line-state.js';
import type { VenueSymbol } from '../mapper/instruments.js';
import { readVenue } from '../mapper/schemas.js';
import type { BinanceEndpoints, BinanceFuturesOptions } from '../options.js';
import type { RestClient, RestRequest } from '../transport/rest-client.js';
import { FuturesAccount } from './account.js';
import { Bookings } from './bookings.js';
import { FuturesCommands } from './commands.js';
import { EchoWatch } from './echo-watch.js';
import { KnownOrders } from './known-orders.js';
import type { FuturesVoice } from './notices.js';
import { FuturesQueries } from './queries.js';
import { FuturesSettings } from './settings.js';
import { Trading } from './trading.js';
import { UserData } from './user-data.js';
import { UserStream } from './user-stream.js';
import { accountConfigSchema, balancesSchema, priceSchema, symbolConfigsSchema } from './wire.js';

const WHERE = 'binance futures';
/** How long the venue may take to tell of an order after it accepted a command about it, ms. */
const ECHO = 5_000;
/** In which the venue takes commission at a discount. */
const DISCOUNT_ASSET = 'BNB';

/** What trading is opened with. */
export interface TradingSetup {
  readonly options: BinanceFuturesOptions;
  readonly endpoints: BinanceEndpoints;
  readonly clock: Clock;
  readonly random: Random;
  readonly rest: RestClient;
  readonly symbols: ReadonlyMap<string, VenueSymbol>;
  readonly adapter: FuturesVoice;
  readonly line: LineState;
  readonly abort: AbortSignal;
  readonly markPrice: (symbol: string) => string | undefined;
  /** Something was heard from the venue. */
  readonly onAlive: () => void;
}

/**
 * Reads the account, sets what is configured and opens the user stream.
 * @throws `MikroBotError` `PREFLIGHT_FAILED` when the key may not trade, `BAD_CONFIG` when a symbol has another margin asset
 */
export const openTrading = async (setup: TradingSetup): Promise<Trading> => {
  const { options, endpoints, clock, random, rest, symbols, adapter, line, abort } = setup;
  const { notices } = adapter;
  const currency = options.marginAsset ?? 'USDT';
  const get = async (path: string, weight: number, more: Partial<RestRequest> = {}): Promise<unknown> =>
    rest.request({ method: 'GET', path, security: 'signed', weight, abort, ...more });
  const config = readVenue(accountConfigSchema, await get('/fapi/v1/accountConfig', 5), 'accountConfig');
  if (!config.canTrade)
    throw new MikroBotError('PREFLIGHT_FAILED', 'the account may not trade futures.', {
      where: WHERE,
      hint: 'Enable futures for the account and for the API key.',
    });
  for (const { instrument, marginAsset } of symbols.values()) {
    if (marginAsset !== currency && !config.multiAssetsMargin)
      throw new MikroBotError(
        'BAD_CONFIG',
        `${instrument.symbol} is margined in ${marginAsset}, not in ${currency}.`,
        {
          where: WHERE,
          hint: 'One adapter trades symbols of one margin asset; name it by `marginAsset`.',
        },
      );
  }
  const balances = readVenue(balancesSchema, await get('/fapi/v3/balance', 5), 'balance');
  const id = balances[0]?.accountAlias ?? '';
  if (id === '')
    throw new MikroBotError('PREFLIGHT_FAILED', 'the venue does not name the account.', { where: WHERE });
  const live = endpoints.live === true;
  const account = new FuturesAccount(
    { id, currency, live, hedge: config.dualSidePosition },
    config.multiAssetsMargin,
  );

  const settings = new FuturesSettings(rest);
  for (const symbol of options.symbols) {
    if (options.marginType !== undefined) await settings.marginType(symbol, options.marginType);
    const leverage = options.leverage?.[symbol];
    if (leverage !== undefined) await settings.leverage(symbol, leverage);
  }
  const configs = readVenue(symbolConfigsSchema, await get('/fapi/v1/symbolConfig', 5), 'symbolConfig');
  for (const { symbol, leverage } of configs) if (symbols.has(symbol)) account.setLeverage(symbol, leverage);

  const known = new KnownOrders();
  const bookings = new Bookings(currency, (asset, amount) =>
    notices.emit('unknownCommission', asset, amount),
  );
  const readPrice = async (): Promise<void> => {
    if (currency === DISCOUNT_ASSET) return;
    try {
      const params = { symbol: DISCOUNT_ASSET + currency };
      const answer = await get('/fapi/v1/ticker/price', 1, { params, security: 'none' });
      bookings.setPrice(DISCOUNT_ASSET, readVenue(priceSchema, answer, 'ticker/price').price);
    } catch {
      // A venue without that symbol takes no commission in it; else the notice of unknown commission says so.
    }
  };
  await readPrice();

  const user = new UserStream({ rest, streams: endpoints.streams, clock, random });
  const echo = new EchoWatch(clock, ECHO, (order) =>
    user.renew(`nothing was told of ${order} for ${ECHO} ms, although it changed`),
  );
  const trading: Trading = new Trading({
    rest,
    account,
    known,
    settings,
    user,
    echo,
    commands: new FuturesCommands({
      rest,
      known,
      echo,
      hedge: config.dualSidePosition,
      symbol: (name) => symbols.get(name),
      markPrice: setup.markPrice,
    }),
    queries: new FuturesQueries({
      rest,
      known,
      bookings,
      instrument: (symbol) => symbols.get(symbol)?.instrument,
      recvWindow: options.recvWindow ?? 5_000,
      absentAfter: options.absentAfter ?? 10_000,
      startedAt: rest.now(),
    }),
  });
  const data = new UserData({
    account,
    known,
    bookings,
    notices,
    onOrder: (event) => adapter.emit('order', event),
    onAccount: (state) => adapter.emit('account', state),
    onHeard: (order) => echo.heard(order),
    onStale: () => {
      trading.refresh().then(
        () => adapter.emit('account', account.state),
        (error) => notices.emit('trouble', error),
      );
    },
  });
  user.on('event', (payload) => {
    try {
      data.take(payload);
    } catch (error) {
      notices.emit('trouble', error);
      line.lost('an event of the user stream could not be read');
    }
  });
  user.on('garbled', () => line.lost('a message of the user stream could not be read'));
  user.on('up', (reconnected) => {
    line.userUp(reconnected, reconnected ? 'the user stream is back' : 'connected');
    if (reconnected) void readPrice();
  });
  user.on('down', (reason) => {
    echo.clear();
    line.userDown(reason);
  });
  user.on('alive', setup.onAlive);
  user.on('trouble', (error) => notices.emit('trouble', error));
  await user.connect(abort);
  return trading;
};
