import type { VenueUnderTest } from '../adapter/venue.js';
import { ToyServer } from '../toy/toy-server.js';
import { ToyAdapter } from './toy-adapter.js';

/** The toy venue with every control. @param make - the adapter under test, for variants */
export const toyVenue = (
  make: (server: ToyServer) => ToyAdapter = (server) => new ToyAdapter(server),
): VenueUnderTest => {
  const server = new ToyServer();
  return {
    adapter: make(server),
    symbol: 'EURUSD',
    lots: 1,
    market: { bid: 1.1, ask: 1.1001 },
    controls: {
      quote: (bid, ask) => server.quote(bid, ask),
      depth: (lots = Number.POSITIVE_INFINITY) => {
        server.depth = lots;
      },
      loseAnswer: () => {
        server.fate = 'lose answer';
      },
      loseRequest: () => {
        server.fate = 'lose request';
      },
      refuse: () => {
        server.fate = 'NO_MONEY';
      },
      throttle: () => {
        server.fate = 'TOO_MANY';
      },
      blind: (on) => {
        server.blind = on;
      },
      repeat: () => {
        server.repeat = true;
      },
      cut: () => server.setLine(false),
      restore: () => server.setLine(true),
      restart: () => {
        server.lines.clear();
        return make(server);
      },
      byHand: (lots) => {
        server.book(lots, lots > 0 ? server.ask : server.bid);
      },
      skew: (ms) => {
        server.skew = ms;
      },
    },
    dispose: () => undefined,
  };
};
