import type { BinanceEndpoints, BinanceOptions } from './options.js';

/** The two venues. */
type BinanceVenue = 'spot' | 'futures';

/** Where the venues are reached by name. Sources: rest-api.md, web-socket-api.md, web-socket-streams.md, testnet/README.md; USD-M futures general info. */
const environments: Readonly<Record<BinanceVenue, Readonly<Record<'testnet' | 'live', BinanceEndpoints>>>> = {
  spot: {
    testnet: {
      rest: 'https://testnet.binance.vision',
      wsApi: 'wss://ws-api.testnet.binance.vision/ws-api/v3',
      streams: 'wss://stream.testnet.binance.vision',
    },
    live: {
      rest: 'https://api.binance.com',
      wsApi: 'wss://ws-api.binance.com/ws-api/v3',
      streams: 'wss://stream.binance.com',
      live: true,
    },
  },
  futures: {
    testnet: {
      rest: 'https://demo-fapi.binance.com',
      wsApi: 'wss://testnet.binancefuture.com/ws-fapi/v1',
      streams: 'wss://demo-fstream.binance.com',
    },
    live: {
      rest: 'https://fapi.binance.com',
      wsApi: 'wss://ws-fapi.binance.com/ws-fapi/v1',
      streams: 'wss://fstream.binance.com',
      live: true,
    },
  },
};

/** Hosts of the venue where no money is at stake. Sources: testnet/README.md; USD-M futures general info. */
const isPlay = (host: string): boolean => /(?:^|\.)(?:demo-[^.]+|testnet)\./.test(host);

/** Whether a URL leads to the venue itself and to real money, by whatever of its names. */
const isReal = (url: string): boolean => {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return /(?:^|\.)binance\.(?:com|us)$/.test(host) && !isPlay(host);
};

/**
 * Where a venue is reached, by what an adapter was told. URLs of the venue itself are live whatever is said of them: nobody shall trade
 * real money because a word was left out.
 */
export const endpointsOf = (
  venue: BinanceVenue,
  environment: BinanceOptions['environment'] = 'testnet',
): BinanceEndpoints => {
  if (typeof environment === 'string') return environments[venue][environment];
  return isReal(environment.rest) ? { ...environment, live: true } : environment;
};
