import {
  type AssetClass,
  defineInstrument,
  type Instrument,
  type InstrumentInput,
  MikroBotError,
} from '@mikrobot/core';

/** What most brokers agree on, per kind of contract. Swap points are left at 0: they are the broker's, and change weekly. */
const contract = (
  assetClass: AssetClass,
  currency: string,
  contractSize: number,
  tickSize: number,
  pipSize: number,
  quantityStep: number,
  maxQuantity: number,
  marginRate: number,
): Omit<InstrumentInput, 'symbol'> => ({
  assetClass,
  currency,
  contractSize,
  tickSize,
  pipSize,
  quantityStep,
  minQuantity: quantityStep,
  maxQuantity,
  marginRate,
});

const metal = (contractSize: number, pipSize: number, marginRate: number) =>
  contract('cfd-metals', 'USD', contractSize, 0.001, pipSize, 0.01, 50, marginRate);
const index = (currency: string) => contract('cfd-indices', currency, 1, 0.1, 1, 0.1, 500, 0.05);
const energy = contract('cfd-energies', 'USD', 1_000, 0.001, 0.01, 0.01, 50, 0.1);
const coin = (quantityStep: number) => contract('crypto', 'USDT', 1, 0.01, 0.1, quantityStep, 9_000, 1);
const coinCfd = contract('cfd-crypto', 'USD', 1, 0.01, 0.1, 0.01, 100, 0.5);
const future = (contractSize: number, tickSize: number, pipSize = tickSize) =>
  contract('future', 'USD', contractSize, tickSize, pipSize, 1, 1_000, 0.06);
const share = contract('stock', 'USD', 1, 0.01, 0.01, 1, 100_000, 0.5);

const listed: Readonly<Record<string, Omit<InstrumentInput, 'symbol'>>> = {
  XAUUSD: metal(100, 0.01, 0.05),
  XAGUSD: metal(5_000, 0.001, 0.1),
  US500: index('USD'),
  US30: index('USD'),
  US100: index('USD'),
  NAS100: index('USD'),
  GER40: index('EUR'),
  UK100: index('GBP'),
  JP225: { ...index('JPY'), tickSize: 1 },
  USOIL: energy,
  UKOIL: energy,
  BTCUSDT: coin(0.00001),
  ETHUSDT: coin(0.0001),
  SOLUSDT: coin(0.001),
  BNBUSDT: coin(0.001),
  BTCUSD: coinCfd,
  ETHUSD: coinCfd,
  ES: future(50, 0.25),
  MES: future(5, 0.25),
  NQ: future(20, 0.25),
  MNQ: future(2, 0.25),
  YM: future(5, 1),
  RTY: future(50, 0.1),
  CL: future(1_000, 0.01),
  GC: future(100, 0.1),
  '6E': future(125_000, 0.00005, 0.0001),
  AAPL: share,
  MSFT: share,
  NVDA: share,
  TSLA: share,
  SPY: share,
  QQQ: share,
};

const currencies: ReadonlySet<string> = new Set(
  'AUD CAD CHF CNH CZK DKK EUR GBP HKD HUF JPY MXN NOK NZD PLN SEK SGD TRY USD ZAR'.split(' '),
);
/** Pairs of these two alone have the leverage of 30 that ESMA allows; others 20. */
const majors: ReadonlySet<string> = new Set(['CAD', 'CHF', 'EUR', 'GBP', 'JPY', 'USD']);

const forex = (symbol: string): InstrumentInput | undefined => {
  const [base, quote] = [symbol.slice(0, 3), symbol.slice(3)];
  if (symbol.length !== 6 || !currencies.has(base) || !currencies.has(quote)) return undefined;
  const pipSize = quote === 'JPY' || quote === 'HUF' ? 0.01 : 0.0001;
  const marginRate = majors.has(base) && majors.has(quote) ? 1 / 30 : 1 / 20;
  return { symbol, ...contract('forex', quote, 100_000, pipSize / 10, pipSize, 0.01, 100, marginRate) };
};

/**
 * The contract of a symbol with the facts most brokers share: a lot of 100,000 for any pair of two currencies, 100 oz of gold,
 * 50 USD a point of the ES. Give your broker's own by the option `instruments`.
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`
 */
export const instrumentOf = (symbol: string): Instrument => {
  const known = Object.hasOwn(listed, symbol) ? listed[symbol] : undefined;
  const input = known === undefined ? forex(symbol) : { symbol, ...known };
  if (input !== undefined) return defineInstrument(input);
  throw new MikroBotError('UNKNOWN_INSTRUMENT', `No contract facts are known for '${symbol}'.`, {
    where: 'paper()',
    hint: `Write instruments: [defineInstrument({ symbol: '${symbol}', ... })]. Known are currency pairs and ${Object.keys(listed).join(', ')}.`,
  });
};
