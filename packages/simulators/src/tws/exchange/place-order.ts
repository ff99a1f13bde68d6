import type { SecurityType, WireContract } from '../contracts/contract.js';
import type { FieldReader } from '../wire/field-reader.js';

/** What message 3 says, before anything of it was checked. Prices are undefined where they are empty or said not to be set. */
export interface PlaceOrder {
  readonly orderId: number;
  readonly contract: WireContract;
  readonly action: string;
  readonly quantity: number;
  readonly type: string;
  readonly limitPrice: number | undefined;
  readonly auxPrice: number | undefined;
  readonly timeInForce: string;
  readonly ocaGroup: string;
  readonly account: string;
  readonly openClose: string;
  readonly origin: number;
  readonly orderRef: string;
  readonly transmit: boolean;
  readonly parentId: number;
  readonly outsideRth: boolean;
  readonly goodAfterTime: string;
  readonly goodTillDate: string;
  readonly ocaType: number;
  readonly trailStopPrice: number | undefined;
  readonly trailingPercent: number | undefined;
  readonly algoStrategy: string;
  readonly whatIf: boolean;
  /** How many conditions it has. */
  readonly conditions: number;
}

const FA_PROFILE_GONE = 177;

/** Reads a contract as orders name it: eleven fields from the contract id to the trading class. */
const readContract = (f: FieldReader): WireContract => ({
  contractId: f.integer(),
  symbol: f.string(),
  securityType: f.string() as SecurityType,
  expiry: f.string(),
  strike: f.double(),
  right: f.string(),
  multiplier: f.string(),
  exchange: f.string(),
  primaryExchange: f.string(),
  currency: f.string(),
  localSymbol: f.string(),
  tradingClass: f.string(),
});

/**
 * Reads message 3, the reader behind its id, as clients write it at server versions from 170 on. A combination (`BAG`) has fields of
 * its own in the middle: it is read as far as its contract, and no order of the simulator's can be one.
 */
export const readPlaceOrder = (f: FieldReader, serverVersion: number): PlaceOrder => {
  const orderId = f.integer();
  const contract = readContract(f);
  f.skip(2); // secIdType, secId
  const action = f.string();
  const quantity = f.double();
  const type = f.string();
  const limitPrice = f.optional();
  const auxPrice = f.optional();
  const timeInForce = f.string();
  const ocaGroup = f.string();
  const account = f.string();
  const openClose = f.string();
  const origin = f.integer();
  const orderRef = f.string();
  const transmit = f.boolean();
  const parentId = f.integer();
  f.skip(4); // blockOrder, sweepToFill, displaySize, triggerMethod
  const outsideRth = f.boolean();
  f.skip(3); // hidden, sharesAllocation, discretionaryAmt
  const goodAfterTime = f.string();
  const goodTillDate = f.string();
  f.skip(serverVersion < FA_PROFILE_GONE ? 4 : 3); // faGroup, faMethod, faPercentage, faProfile
  f.skip(4); // modelCode, shortSaleSlot, designatedLocation, exemptCode
  const ocaType = f.integer();
  f.skip(14); // rule80A … stockRangeUpper
  f.skip(3); // overridePercentageConstraints, volatility, volatilityType
  const deltaNeutralType = f.string();
  f.skip(deltaNeutralType === '' ? 1 : 9); // deltaNeutralAuxPrice, and what a delta neutral order adds
  f.skip(2); // continuousUpdate, referencePriceType
  const trailStopPrice = f.optional();
  const trailingPercent = f.optional();
  f.skip(2); // scaleInitLevelSize, scaleSubsLevelSize
  if (f.optional() !== undefined) f.skip(7); // scalePriceIncrement, and what a scale order adds
  f.skip(3); // scaleTable, activeStartTime, activeStopTime
  if (f.string() !== '') f.skip(1); // hedgeType, hedgeParam
  f.skip(4); // optOutSmartRouting, clearingAccount, clearingIntent, notHeld
  if (f.boolean()) f.skip(3); // a delta neutral contract
  const algoStrategy = f.string();
  if (algoStrategy !== '') f.skip(2 * f.integer());
  f.skip(1); // algoId
  const whatIf = f.boolean();
  f.skip(4); // orderMiscOptions, solicited, randomizeSize, randomizePrice
  if (type === 'PEG BENCH' || type === 'PEGBENCH') f.skip(5);
  const conditions = f.integer();
  return {
    orderId,
    contract,
    action,
    quantity,
    type,
    limitPrice,
    auxPrice,
    timeInForce,
    ocaGroup,
    account,
    openClose,
    origin,
    orderRef,
    transmit,
    parentId,
    outsideRth,
    goodAfterTime,
    goodTillDate,
    ocaType,
    trailStopPrice,
    trailingPercent,
    algoStrategy,
    whatIf,
    conditions,
  };
};
