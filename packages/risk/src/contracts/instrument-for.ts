import { defineInstrument, type Instrument, type InstrumentInput, MikroBotError } from '@mikrobot/core';
import { defaultsOf } from './asset-class-defaults.js';
import { type ContractDefaults, fxContract, fxPip, knownContracts } from './known-contracts.js';

/** What a broker says of an instrument; each field goes before the default. */
export type BrokerContract = Partial<Omit<InstrumentInput, 'symbol'>>;

const CURRENCIES: ReadonlySet<string> = new Set(
  'AUD CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PLN SEK SGD THB TRY USD ZAR'.split(' '),
);

/** `EURUSD.pro`, `US30.cash` and `BTCUSD_i` are what they are without the broker's mark. */
const plain = (symbol: string): string => symbol.replace(/[._#].*$/, '').toUpperCase();

const known = (symbol: string): ContractDefaults | undefined => {
  const name = plain(symbol);
  if (Object.hasOwn(knownContracts, name)) return knownContracts[name];
  const base = name.slice(0, 3);
  const currency = name.slice(3);
  return base !== currency && CURRENCIES.has(base) && CURRENCIES.has(currency)
    ? fxContract(base, currency)
    : undefined;
};

/** The pip of an unknown contract. Nothing else is taken from its class: a wrong contract size makes every position wrong. */
const pipOf = ({ assetClass, currency }: BrokerContract): BrokerContract => {
  if (assetClass === undefined) return {};
  const { pipSize } = defaultsOf(assetClass);
  return { pipSize: assetClass === 'forex' && currency !== undefined ? fxPip(currency) : pipSize };
};

/**
 * The instrument of a symbol: the broker's data, over the usual specification where the symbol is a currency pair or a well-known
 * contract. What is neither, or is of another class than the well-known contract of that name, needs at least its class, currency,
 * contract size, tick and lots from the broker; its pip is that of its class. Take the defaults for sketches and back-tests; an
 * account trades what its broker reports.
 *
 * @example
 * ```ts
 * instrumentFor('EURJPY').pipSize; // 0.01
 * instrumentFor('US30.cash', { contractSize: 10 }).contractSize; // 10
 * ```
 *
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT` for a symbol without a default of which the broker says nothing, `BAD_CONFIG` naming
 * the field that is wrong or missing
 */
export const instrumentFor = (symbol: string, broker: BrokerContract = {}): Instrument => {
  const named = known(symbol);
  // ES is a future, and also a share.
  const usual = (broker.assetClass ?? named?.assetClass) === named?.assetClass ? named : undefined;
  if (usual === undefined && Object.keys(broker).length === 0)
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `nothing is known of the contract ${symbol}.`, {
      where: 'instrumentFor',
      hint: "Give the broker's specification: asset class, currency, contract size, tick and lots.",
    });
  return defineInstrument({ ...(usual ?? pipOf(broker)), ...broker, symbol } as InstrumentInput);
};
