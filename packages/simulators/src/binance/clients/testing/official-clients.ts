import { vi } from 'vitest';
import type { BinanceSimulator } from '../../start-binance.js';
import { ed25519, hmac, startVenue } from './client-venue.js';

/** The keys of the account, as the clients of Binance take them. */
export const keys = [
  { name: 'an HMAC key', apiKey: hmac.apiKey, apiSecret: hmac.secret },
  { name: 'an Ed25519 key', apiKey: ed25519.apiKey, privateKey: ed25519.privateKey },
] as const;

/** A simulator for clients that write what they do to the console. */
export const startQuietly = (): Promise<BinanceSimulator> => {
  vi.spyOn(console, 'info').mockReturnValue(undefined);
  return startVenue();
};

/** Ends a simulator of {@link startQuietly}. */
export const endQuietly = async (simulator: BinanceSimulator): Promise<void> => {
  vi.restoreAllMocks();
  await simulator.close();
};
