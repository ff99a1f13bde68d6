import * as z from 'zod';
import {
  decimalSchema,
  idSchema,
  orderTypeSchema,
  readVenue,
  sideSchema,
  symbolSchema,
  timeSchema,
} from './schemas.js';
import { type OrderPieces, toVenueOrder, type VenueOrder } from './venue-order.js';
import { type AlgoStatus, algoStateOf, algoStatuses } from './words.js';

/** A conditional order of futures: what waits at the algo service, and the order that it triggers into. */
export interface AlgoOrder {
  /**
   * Under the client id of the conditional order and the algo service's id; filled and average price are those of the triggered order
   * where they are told.
   */
  readonly order: VenueOrder;
  readonly status: AlgoStatus;
  /** The venue's id of the order that it triggered into, digits. */
  readonly actualOrderId: string | undefined;
  /** Why it failed, in the venue's words; empty where it did not. */
  readonly reason: string;
  /** Venue time of what is told, epoch ms. */
  readonly time: number;
}

const actualIdSchema = z
  .union([z.literal('').transform(() => undefined), z.literal(0).transform(() => undefined), idSchema])
  .optional();
const statusSchema = z.enum(algoStatuses);

interface AlgoPieces extends Omit<OrderPieces, 'state' | 'filled' | 'price' | 'averagePrice'> {
  readonly status: AlgoStatus;
  readonly actualOrderId: string | undefined;
  readonly filled: string | null | undefined;
  readonly average: string | null | undefined;
  readonly price: string | null | undefined;
  readonly reason: string | null | undefined;
}

const toAlgo = ({ status, actualOrderId, reason, average, ...pieces }: AlgoPieces): AlgoOrder => {
  const filled = pieces.filled ?? '0';
  const order = toVenueOrder({
    ...pieces,
    state: algoStateOf(status, Number(filled), Number(pieces.quantity)),
    filled,
    price: pieces.price ?? '0',
    averagePrice: Number(average ?? '0'),
  });
  return { order, status, actualOrderId, reason: reason ?? '', time: pieces.time };
};

const algoSchema = z
  .object({
    algoId: idSchema,
    clientAlgoId: z.string(),
    orderType: orderTypeSchema,
    symbol: symbolSchema,
    side: sideSchema,
    quantity: decimalSchema,
    algoStatus: statusSchema,
    actualOrderId: actualIdSchema,
    actualPrice: decimalSchema.nullish(),
    actualQty: decimalSchema.nullish(),
    triggerPrice: decimalSchema.nullish(),
    price: decimalSchema.nullish(),
    createTime: timeSchema.optional(),
    updateTime: timeSchema.optional(),
    failReason: z.string().nullish(),
  })
  .transform((raw) =>
    toAlgo({
      symbol: raw.symbol,
      id: raw.clientAlgoId,
      venueId: raw.algoId,
      actualOrderId: raw.actualOrderId,
      type: raw.orderType,
      status: raw.algoStatus,
      side: raw.side,
      quantity: raw.quantity,
      filled: raw.actualQty,
      average: raw.actualPrice,
      price: raw.price,
      trigger: raw.triggerPrice,
      time: raw.updateTime ?? raw.createTime ?? 0,
      reason: raw.failReason,
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
    o: orderTypeSchema,
    s: symbolSchema,
    S: sideSchema,
    q: decimalSchema,
    X: statusSchema,
    ai: actualIdSchema,
    ap: decimalSchema.nullish(),
    aq: decimalSchema.nullish(),
    tp: decimalSchema,
    p: decimalSchema,
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
    venueId: raw.aid,
    actualOrderId: raw.ai,
    type: raw.o,
    status: raw.X,
    side: raw.S,
    quantity: raw.q,
    filled: raw.aq,
    average: raw.ap,
    price: raw.p,
    trigger: raw.tp,
    time,
    reason: raw.rm,
  });
};
