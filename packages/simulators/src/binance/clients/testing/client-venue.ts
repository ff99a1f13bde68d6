import { asymmetricKey } from '../../behaviours/testing/signer.js';
import { type BinanceSimulator, startBinance } from '../../start-binance.js';

const pair = asymmetricKey('E'.repeat(64), 'ed25519');

/** The two keys of the one account. */
export const hmac = { apiKey: 'H'.repeat(64), secret: 'S'.repeat(64) };
export const ed25519 = { apiKey: 'E'.repeat(64), privateKey: pair.privateKey };

/** A simulator on the machine's clock, as clients have no other, with a market in BTCUSDT at both venues. */
export async function startVenue(): Promise<BinanceSimulator> {
  const simulator = await startBinance({
    accounts: [
      {
        name: 'account',
        keys: [hmac, { apiKey: ed25519.apiKey, publicKey: pair.publicKey }],
        balances: { spot: { BTC: '10', USDT: '1000000' }, futures: { USDT: '100000' } },
      },
    ],
  });
  for (const venue of ['spot', 'futures'] as const)
    simulator.controls[venue].quote('BTCUSDT', 60_000, 60_010);
  return simulator;
}

/** The first of many things told that is wanted. */
export class Awaited<T> {
  readonly #told: T[] = [];
  readonly #waiting: { readonly wanted: (told: T) => boolean; readonly give: (told: T) => void }[] = [];

  readonly tell = (told: T): void => {
    this.#told.push(told);
    for (const { wanted, give } of this.#waiting) if (wanted(told)) give(told);
  };

  first(wanted: (told: T) => boolean): Promise<T> {
    const found = this.#told.find(wanted);
    return found === undefined
      ? new Promise((give) => this.#waiting.push({ wanted, give }))
      : Promise.resolve(found);
  }
}
