import * as z from 'zod';
import { type FuturesPieces, toFuturesOrder } from './futures-order.js';
import {
  decimalSchema,
  idSchema,
  positionSideSchema,
  readVenue,
  sideSchema,
  timeSchema,
  type VenueOrder,
  wordSchema,
} from './venue-order.js';
import { type AlgoStatus, algoStateOf, algoStatuses, orderTypeOf, timeInForceOf } from './words.js';

/** A conditional order of futures: what waits at the algo service, and the order that it triggers into. */
export interface AlgoOrder {
  /** Under the client id of the conditional order; filled and average price are those of the triggered order where they are told. */
  readonly order: VenueOrder;
  readonly status: AlgoStatus;
  /** The algo service's id, digits. */
  readonly algoId: string;
  /** The venue's id of the order that it triggered into, digits. */
  readonly actualOrderId: string | undefined;
  /** Why it failed, in the venue's words; empty where it did not. */
  readonly reason: string;
  /** Venue time of what is told, epoch ms. */
  readonly time: number;
}

const symbol = z.string().min(1);
const type = wordSchema(orderTypeOf);
const timeInForce = z.string().transform(timeInForceOf).optional();

const actualId = z
  .union([z.literal('').transform(() => undefined), z.literal(0).transform(() => undefined), idSchema])
  .optional();
const algoStatus = z.enum(algoStatuses);

interface AlgoPieces extends Omit<FuturesPieces, 'status' | 'working' | 'venueId'> {
  readonly algoId: string;
  readonly status: AlgoStatus;
  readonly actualOrderId: string | undefined;
  readonly reason: string;
}

const toAlgo = ({ status, algoId, actualOrderId, reason, ...pieces }: AlgoPieces): AlgoOrder => {
  const state = algoStateOf(status, Number(pieces.filled), Number(pieces.quantity));
  const working = status === 'TRIGGERED' || status === 'FINISHED';
  const order = toFuturesOrder({
    ...pieces,
    venueId: algoId,
    status: { wire: status, word: state },
    working,
  });
  return { order, status, algoId, actualOrderId, reason, time: pieces.time };
};

const algoSchema = z
  .object({
    algoId: idSchema,
    clientAlgoId: z.string(),
    orderType: type,
    symbol,
    side: sideSchema,
    positionSide: positionSideSchema,
    timeInForce,
    quantity: decimalSchema,
    algoStatus,
    actualOrderId: actualId,
    actualPrice: decimalSchema.nullish(),
    actualQty: decimalSchema.nullish(),
    triggerPrice: decimalSchema.nullish(),
    price: decimalSchema.nullish(),
    reduceOnly: z.boolean().default(false),
    createTime: timeSchema.optional(),
    updateTime: timeSchema.optional(),
    failReason: z.string().nullish(),
  })
  .transform((raw) =>
    toAlgo({
      symbol: raw.symbol,
      id: raw.clientAlgoId,
      algoId: raw.algoId,
      actualOrderId: raw.actualOrderId,
      type: raw.orderType,
      status: raw.algoStatus,
      timeInForce: raw.timeInForce,
      side: raw.side,
      quantity: raw.quantity,
      filled: raw.actualQty ?? '0',
      average: raw.actualPrice ?? '0',
      price: raw.price ?? '0',
      trigger: raw.triggerPrice ?? undefined,
      time: raw.updateTime ?? raw.createTime ?? 0,
      positionSide: raw.positionSide,
      reduceOnly: raw.reduceOnly,
      reason: raw.failReason ?? '',
    }),
  );

/**
 * A conditional order of futures as REST tells it (`algoOrder`, `openAlgoOrders`).
 * @throws {@link MikroBotError} `BAD_DATA`
 */
export const readAlgoOrder = (raw: unknown): AlgoOrder => readVenue(algoSchema, raw, 'An algo order');

const algoUpdateSchema = z.object({
  e: z.literal('ALGO_UPDATE'),
  T: timeSchema,
  o: z.object({
    caid: z.string(),
    aid: idSchema,
    o: type,
    s: symbol,
    S: sideSchema,
    ps: positionSideSchema,
    f: timeInForce,
    q: decimalSchema,
    X: algoStatus,
    ai: actualId,
    ap: decimalSchema.nullish(),
    aq: decimalSchema.nullish(),
    tp: decimalSchema,
    p: decimalSchema,
    R: z.boolean().default(false),
    rm: z.string().nullish(),
  }),
});

/**
 * An event of the user stream about a conditional order (`ALGO_UPDATE`).
 * @throws {@link MikroBotError} `BAD_DATA`: an event was lost, so the account must be asked
 */
export const readAlgoUpdate = (payload: unknown): AlgoOrder => {
  const { o: raw, T: time } = readVenue(algoUpdateSchema, payload, 'An ALGO_UPDATE');
  return toAlgo({
    symbol: raw.s,
    id: raw.caid,
    algoId: raw.aid,
    actualOrderId: raw.ai,
    type: raw.o,
    status: raw.X,
    timeInForce: raw.f,
    side: raw.S,
    quantity: raw.q,
    filled: raw.aq ?? '0',
    average: raw.ap ?? '0',
    price: raw.p,
    trigger: raw.tp,
    time,
    positionSide: raw.ps,
    reduceOnly: raw.R,
    reason: raw.rm ?? '',
  });
};
