import type { Route, VenueCall } from '../../exchange.js';
import { spotLimits, type VenueLimits } from '../../server/limits.js';
import { spotErrors } from '../errors.js';
import { ParamReader } from '../param-reader.js';
import type { SpotSymbol } from '../symbols.js';
import type { SpotVenue } from '../venue.js';
import { readMarket } from './read-market.js';

type Limits = Pick<VenueLimits, 'weight' | 'orders'>;

/** Permissions of symbols that are told when none are asked for. */
const USUAL = ['SPOT', 'MARGIN', 'LEVERAGED'];

const rateLimits = ({ weight, orders }: Limits): readonly object[] => [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weight },
  ...orders.map((limit) => ({ rateLimitType: 'ORDERS', ...limit })),
  { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 61_000 },
];

/** A list of texts as JSON, or one text alone. @throws VenueError -1100 */
const readTexts = (reader: ParamReader, name: string): readonly string[] | undefined => {
  const value = reader.text(name);
  if (value === undefined || !value.startsWith('[')) return value === undefined ? undefined : [value];
  const texts = /^\[\s*"[^"]*"(\s*,\s*"[^"]*")*\s*\]$/.test(value)
    ? (JSON.parse(value) as unknown)
    : undefined;
  if (!Array.isArray(texts))
    throw spotErrors.illegal(name, '^\\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}")*\\]$');
  return texts.map(String);
};

const chosen = (venue: SpotVenue, reader: ParamReader): readonly SpotSymbol[] => {
  const symbols = readTexts(reader, 'symbols');
  const permissions = readTexts(reader, 'permissions');
  const status = reader.oneOf('symbolStatus', ['TRADING', 'HALT', 'BREAK'], spotErrors.symbolStatus);
  const named = reader.has('symbol') || symbols !== undefined;
  if (
    (reader.has('symbol') && symbols !== undefined) ||
    (named && (permissions !== undefined || status !== undefined))
  ) {
    throw spotErrors.combination();
  }
  if (reader.has('symbol')) return [readMarket(venue, reader).symbol];
  if (symbols !== undefined) return symbols.map((symbol) => venue.market(symbol).symbol);
  const wanted = permissions ?? USUAL;
  return venue.markets
    .map(({ symbol }) => symbol)
    .filter(({ permissionSets }) => permissionSets.flat().some((one) => wanted.includes(one)))
    .filter((symbol) => status === undefined || symbol.status === status);
};

const exchangeInfo = (venue: SpotVenue, limits: Limits, { params, now }: VenueCall): unknown => {
  const names = ['symbol', 'symbols', 'permissions', 'showPermissionSets', 'symbolStatus'];
  const reader = new ParamReader(params, names, false);
  const shown = reader.flag('showPermissionSets') ?? true;
  const symbols = chosen(venue, reader);
  return {
    timezone: 'UTC',
    serverTime: Math.floor(now),
    rateLimits: rateLimits(limits),
    exchangeFilters: venue.exchangeFilters,
    symbols: shown ? symbols : symbols.map((symbol) => ({ ...symbol, permissionSets: [] })),
  };
};

/** What is listed, and under which rules. */
export const exchangeInfoRoute = (
  venue: SpotVenue,
  limits: Limits = spotLimits,
): readonly [string, Route] => [
  'GET /api/v3/exchangeInfo',
  {
    security: 'NONE',
    weight: 20,
    wsMethod: 'exchangeInfo',
    handle: (call) => exchangeInfo(venue, limits, call),
  },
];
