import type { AssetClass, Instrument } from '../model/instrument.js';
import { fxWeek } from './session.js';

/** Trades from Sunday to Friday, as the currencies do; the others' hours differ from venue to venue. */
const WEEKLY: ReadonlySet<AssetClass> = /* @__PURE__ */ new Set([
  'forex',
  'cfd-metals',
  'cfd-energies',
  'cfd-indices',
]);

/** When silence of an instrument is normal: nobody trades currencies at the weekend. Always open when nothing better is known. */
export const hoursOf = (instrument: Instrument | undefined): ((time: number) => boolean) | undefined =>
  instrument !== undefined && WEEKLY.has(instrument.assetClass) ? (time) => fxWeek.isOpen(time) : undefined;
