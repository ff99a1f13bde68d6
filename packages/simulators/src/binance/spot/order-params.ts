import { spotErrors } from './errors.js';
import { isContingent, type OrderTerms, type WireSide, type WireTimeInForce } from './order.js';
import type { ParamReader } from './param-reader.js';
import { type OrderType, orderTypes } from './symbols.js';

const FIELDS = [
  'Type',
  'Side',
  'ClientOrderId',
  'TimeInForce',
  'Quantity',
  'Price',
  'StopPrice',
  'TrailingDelta',
  'IcebergQty',
  'StrategyId',
  'StrategyType',
  'PegPriceType',
  'PegOffsetType',
  'PegOffsetValue',
] as const;

/** What errors.md says to a price or quantity of zero. */
const NOTHING = 'Price * QTY is zero or less.';

const parameterOf = (prefix: string, field: (typeof FIELDS)[number]): string => {
  if (prefix !== '') return prefix + field;
  return field === 'ClientOrderId' ? 'newClientOrderId' : field.charAt(0).toLowerCase() + field.slice(1);
};

/** Names of the parameters that describe one order, such as `price` or `pendingAbovePrice`. */
export const orderParameters = (prefix: string): readonly string[] =>
  FIELDS.map((field) => parameterOf(prefix, field));

/** What several orders of a list have in common, beside the prefixed parameters. */
export interface CommonTerms {
  readonly side: WireSide;
  readonly quantity: bigint;
}

/** What each type must have and may have, beside a quantity; rest-api.md, "Additional mandatory parameters". */
const prices: Readonly<Record<OrderType, { readonly price: boolean; readonly timeInForce: boolean }>> = {
  LIMIT: { price: true, timeInForce: true },
  LIMIT_MAKER: { price: true, timeInForce: false },
  MARKET: { price: false, timeInForce: false },
  STOP_LOSS: { price: false, timeInForce: false },
  STOP_LOSS_LIMIT: { price: true, timeInForce: true },
  TAKE_PROFIT: { price: false, timeInForce: false },
  TAKE_PROFIT_LIMIT: { price: true, timeInForce: true },
};

/** @throws VenueError -1117 */
export const readSide = (reader: ParamReader, name: string): WireSide => {
  reader.mandatory(name);
  return reader.oneOf(name, ['BUY', 'SELL'], spotErrors.side) ?? 'BUY';
};

/** @throws VenueError -1102 */
export const readQuantity = (reader: ParamReader, name: string): bigint => {
  const quantity = reader.decimal(name);
  if (quantity === undefined) throw spotErrors.mandatory(name);
  return quantity;
};

/**
 * Reads one order out of a request.
 * @param prefix - '' for a single order, else as in `pendingAbove`
 * @param common - what the request says once for several orders; undefined: this order has its own
 * @param newId - makes a client order id where none was given
 * @throws VenueError -1100 to -1134 for what is missing, malformed or not for this type
 */
export const readOrder = (
  reader: ParamReader,
  prefix: string,
  common: CommonTerms | undefined,
  newId: () => string,
): OrderTerms => {
  const name = (field: (typeof FIELDS)[number]): string => parameterOf(prefix, field);
  const side = common?.side ?? readSide(reader, name('Side'));
  reader.mandatory(name('Type'));
  const type = reader.oneOf(name('Type'), orderTypes, spotErrors.orderType) ?? 'LIMIT';
  const wants = prices[type];
  if (reader.has(name('PegPriceType')))
    throw spotErrors.notTaken('Pegged orders are not supported for this symbol.');
  const timeInForce = readTimeInForce(reader, name('TimeInForce'), wants.timeInForce);
  const price = wants.price ? readQuantity(reader, name('Price')) : forbid(reader, name('Price'));
  const [stopPrice, trailingDelta] = readTrigger(reader, type, name('StopPrice'), name('TrailingDelta'));
  const quoteOrderQty = prefix === '' ? readAmount(reader, type) : 0n;
  const quantity = common?.quantity ?? (quoteOrderQty > 0n ? 0n : readQuantity(reader, name('Quantity')));
  if ((wants.price && price === 0n) || (quantity === 0n && quoteOrderQty === 0n))
    throw spotErrors.notTaken(NOTHING);
  return {
    side,
    type,
    timeInForce,
    quantity,
    quoteOrderQty,
    price,
    stopPrice,
    trailingDelta,
    icebergQty: readIceberg(reader, prefix, wants.price, timeInForce),
    strategyId: reader.long(name('StrategyId')),
    strategyType: readStrategyType(reader, name('StrategyType')),
    clientOrderId: reader.clientId(name('ClientOrderId')) ?? newId(),
  };
};

const forbid = (reader: ParamReader, name: string): bigint => {
  if (reader.has(name)) throw spotErrors.notRequired(name);
  return 0n;
};

const readTimeInForce = (reader: ParamReader, name: string, wanted: boolean): WireTimeInForce => {
  if (!wanted) {
    forbid(reader, name);
    return 'GTC';
  }
  reader.mandatory(name);
  return reader.oneOf(name, ['GTC', 'IOC', 'FOK'], spotErrors.timeInForce) ?? 'GTC';
};

const readTrigger = (
  reader: ParamReader,
  type: OrderType,
  stopName: string,
  trailName: string,
): readonly [bigint, number | undefined] => {
  if (!isContingent(type)) {
    forbid(reader, trailName);
    return [forbid(reader, stopName), undefined];
  }
  const stopPrice = reader.decimal(stopName);
  const trailingDelta = reader.long(trailName);
  if ((stopPrice ?? 0n) === 0n && trailingDelta === undefined) throw spotErrors.eitherOf(stopName, trailName);
  return [stopPrice ?? 0n, trailingDelta === undefined ? undefined : Number(trailingDelta)];
};

const readAmount = (reader: ParamReader, type: OrderType): bigint => {
  if (type !== 'MARKET') return forbid(reader, 'quoteOrderQty');
  const amount = reader.decimal('quoteOrderQty');
  if (amount === undefined) {
    if (!reader.has('quantity')) throw spotErrors.eitherOf('quantity', 'quoteOrderQty');
    return 0n;
  }
  if (reader.has('quantity')) throw spotErrors.combination();
  if (amount === 0n) throw spotErrors.invalid('quoteOrderQty');
  return amount;
};

const readIceberg = (
  reader: ParamReader,
  prefix: string,
  hasPrice: boolean,
  timeInForce: WireTimeInForce,
): bigint | undefined => {
  const name = parameterOf(prefix, 'IcebergQty');
  const quantity = reader.decimal(name);
  if (quantity === undefined || quantity === 0n) return undefined;
  if (!hasPrice) throw spotErrors.notRequired(name);
  if (timeInForce === 'GTC') return quantity;
  throw prefix === ''
    ? spotErrors.unsupportedCombination()
    : spotErrors.icebergNeedsGtc(name, parameterOf(prefix, 'TimeInForce'));
};

const readStrategyType = (reader: ParamReader, name: string): bigint | undefined => {
  const value = reader.long(name);
  if (value !== undefined && value < 1_000_000n) throw spotErrors.strategyType();
  return value;
};
