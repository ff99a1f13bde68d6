import {
  type AssetClass,
  defineSession,
  fxWeek,
  type Instrument,
  type SessionTag,
  sessionTag,
} from '@mikrobot/core';

const MINUTE = 60_000;

/** When a kind of market is open, and how lively, wide and valued it is there. */
export interface Character {
  readonly isOpen: (time: number) => boolean;
  /** Standard deviation of a minute's return in a normal hour of a normal day, as a fraction of the price. */
  readonly volatility: number;
  /** Spread in a busy hour, as a fraction of the price. */
  readonly spread: number;
  /** How much of the day's pattern of foreign exchange shows: 1 all, 0 none. */
  readonly pattern: number;
  /** Price at the start. */
  readonly price: number;
}

const zone = 'America/New_York';
const afterRoll = (to: string) =>
  defineSession({ name: 'roll', zone, from: '17:00', to, days: [1, 2, 3, 4] });
const rollBreak = /* @__PURE__ */ afterRoll('17:05');
const longBreak = /* @__PURE__ */ afterRoll('18:00');
const shareHours = /* @__PURE__ */ defineSession({ name: 'shares', zone, from: '09:30', to: '16:00' });

const fxHours = (time: number): boolean => fxWeek.isOpen(time) && !rollBreak.isOpen(time);
const nearlyAround = (time: number): boolean => fxWeek.isOpen(time) && !longBreak.isOpen(time);
const always = (): boolean => true;
const inShareHours = (time: number): boolean => shareHours.isOpen(time);

const BP = 1e-4;
const kind = (
  isOpen: Character['isOpen'],
  volatility: number,
  spread: number,
  pattern: number,
  price: number,
) => ({
  isOpen,
  volatility: volatility * BP,
  spread: spread * BP,
  pattern,
  price,
});

const share = kind(inShareHours, 7, 1, 0, 150);
const coin = kind(always, 5, 0.2, 0.4, 2_000);
const commodity = kind(nearlyAround, 4, 3, 0.8, 80);
const characters: Readonly<Record<AssetClass, Character>> = {
  forex: kind(fxHours, 1.3, 0.35, 1, 1),
  'cfd-metals': kind(nearlyAround, 2.2, 1.2, 0.8, 25),
  'cfd-indices': kind(nearlyAround, 2.5, 0.8, 0.8, 5_000),
  'cfd-energies': commodity,
  'cfd-agricultural': commodity,
  'cfd-bonds': kind(nearlyAround, 1, 1, 0.8, 110),
  'cfd-crypto': { ...coin, spread: 3 * BP },
  crypto: coin,
  future: kind(nearlyAround, 2.5, 0.5, 0.8, 5_000),
  stock: share,
  option: share,
  'cfd-shares': share,
  'cfd-etfs': share,
};

/** Where well-known instruments begin; any round figure would do. */
const prices: Readonly<Record<string, number>> = {
  EURUSD: 1.085,
  GBPUSD: 1.265,
  AUDUSD: 0.655,
  NZDUSD: 0.605,
  USDCHF: 0.885,
  USDCAD: 1.355,
  EURGBP: 0.855,
  XAUUSD: 2_300,
  BTCUSDT: 60_000,
  BTCUSD: 60_000,
};

/** The character of an instrument, from its kind. */
export const characterOf = ({ symbol, assetClass, currency }: Instrument): Character => {
  const character = characters[assetClass];
  const yen = assetClass === 'forex' && currency === 'JPY' ? 150 : undefined;
  return { ...character, price: prices[symbol] ?? yen ?? character.price };
};

/** Relative to a normal hour: how volatile, how many ticks, how wide. The shape is that of FXCM's and OANDA's majors. */
interface Hour {
  readonly volatility: number;
  /** Ticks a minute. */
  readonly ticks: number;
  readonly spread: number;
}

const hours: Readonly<Record<SessionTag, Hour>> = {
  'london-new-york': { volatility: 1.4, ticks: 75, spread: 1 },
  london: { volatility: 1.1, ticks: 50, spread: 1 },
  'new-york': { volatility: 0.8, ticks: 30, spread: 1.2 },
  tokyo: { volatility: 0.6, ticks: 14, spread: 1.7 },
  off: { volatility: 0.45, ticks: 7, spread: 2.2 },
};

/** What the hour does at a moment: sessions fade into each other over 40 minutes. */
export const hourAt = (time: number, pattern: number): Hour => {
  let volatility = 0;
  let ticks = 0;
  let spread = 0;
  for (let shift = -20; shift <= 20; shift += 20) {
    const hour = hours[sessionTag(time + shift * MINUTE)];
    volatility += hour.volatility / 3;
    ticks += hour.ticks / 3;
    spread += hour.spread / 3;
  }
  const blend = (value: number, normal: number): number => normal + (value - normal) * pattern;
  return { volatility: blend(volatility, 1), ticks: blend(ticks, 40), spread: blend(spread, 1) };
};
