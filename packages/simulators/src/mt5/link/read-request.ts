import type { TradeRequest } from '../exchange/records.js';
import { unescaped } from './fields.js';

/** A request as it came over the link. */
export interface LinkRequest {
  readonly id: string;
  readonly request: TradeRequest;
}

const FIELDS = 20;
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?([eE][-+]?\d{1,2})?$/;
const WHOLE = /^\d{1,15}$/;
/** Magics and tickets are unsigned, of 64 bits. */
const ID = /^\d{1,20}$/;

const decimal = (text: string): number => {
  if (text === '') return 0;
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
};

const whole = (text: string): number => {
  if (text === '') return 0;
  return WHOLE.test(text) ? Number(text) : Number.NaN;
};

/** @returns undefined for a line that is no request */
export const readRequest = (fields: readonly string[]): LinkRequest | undefined => {
  const at = (i: number): string => fields[i] ?? '';
  const id = at(1);
  const magic = at(4) === '' ? '0' : at(4);
  if (fields.length !== FIELDS || !ID.test(id) || !ID.test(magic)) return undefined;
  const request: TradeRequest = {
    action: whole(at(3)),
    magic: BigInt(magic).toString(),
    order: whole(at(5)),
    symbol: unescaped(at(6)),
    volume: decimal(at(7)),
    price: decimal(at(8)),
    stopLimit: decimal(at(9)),
    sl: decimal(at(10)),
    tp: decimal(at(11)),
    deviation: whole(at(12)),
    type: whole(at(13)),
    typeFilling: whole(at(14)),
    typeTime: whole(at(15)),
    expiration: whole(at(16)),
    comment: unescaped(at(17)),
    position: whole(at(18)),
    positionBy: whole(at(19)),
  };
  const isSound = Object.values(request).every(
    (value) => typeof value === 'string' || Number.isFinite(value),
  );
  return isSound ? { id, request } : undefined;
};
