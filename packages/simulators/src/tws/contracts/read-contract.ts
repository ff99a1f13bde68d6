import type { FieldReader } from '../wire/field-reader.js';
import type { SecurityType, WireContract } from './contract.js';

const rights: Readonly<Record<string, string>> = { C: 'C', CALL: 'C', P: 'P', PUT: 'P' };

/** A contract as a request names it: the twelve fields that all requests begin with. The kind is not checked. */
export const readContract = (fields: FieldReader): WireContract => ({
  contractId: fields.integer(),
  symbol: fields.string(),
  securityType: fields.string().toUpperCase() as SecurityType,
  expiry: fields.string(),
  strike: fields.double(),
  right: rights[fields.string().toUpperCase()] ?? '',
  multiplier: fields.string(),
  exchange: fields.string(),
  primaryExchange: fields.string(),
  currency: fields.string(),
  localSymbol: fields.string(),
  tradingClass: fields.string(),
});
