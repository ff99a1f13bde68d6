/** A working or past order, as the broker keeps it. Times are the server's, epoch ms of its own zone. */
export interface Order {
  readonly ticket: number;
  readonly symbol: string;
  type: number;
  state: number;
  readonly volumeInitial: number;
  volumeCurrent: number;
  priceOpen: number;
  priceStopLimit: number;
  sl: number;
  tp: number;
  priceCurrent: number;
  readonly typeFilling: number;
  typeTime: number;
  /** 0: none. */
  expiration: number;
  readonly magic: string;
  positionId: number;
  readonly positionById: number;
  readonly reason: number;
  comment: string;
  readonly timeSetup: number;
  timeDone: number;
}

/** An open position. */
export interface Position {
  ticket: number;
  readonly identifier: number;
  readonly symbol: string;
  /** 0 buy, 1 sell. */
  type: number;
  volume: number;
  priceOpen: number;
  sl: number;
  tp: number;
  priceCurrent: number;
  swap: number;
  profit: number;
  magic: string;
  readonly reason: number;
  comment: string;
  time: number;
  timeUpdate: number;
  /** Account currency for one unit of the margin currency, as it was when the position was opened. */
  marginRate: number;
}

/** What was traded, or an operation on the balance. */
export interface Deal {
  readonly ticket: number;
  readonly order: number;
  readonly positionId: number;
  readonly symbol: string;
  readonly type: number;
  readonly entry: number;
  readonly reason: number;
  readonly volume: number;
  readonly price: number;
  readonly commission: number;
  readonly fee: number;
  readonly swap: number;
  readonly profit: number;
  readonly magic: string;
  readonly comment: string;
  readonly time: number;
  readonly sl: number;
  readonly tp: number;
}

/** What a terminal asks for: MqlTradeRequest. */
export interface TradeRequest {
  readonly action: number;
  readonly magic: string;
  readonly order: number;
  readonly symbol: string;
  readonly volume: number;
  readonly price: number;
  readonly stopLimit: number;
  readonly sl: number;
  readonly tp: number;
  readonly deviation: number;
  readonly type: number;
  readonly typeFilling: number;
  readonly typeTime: number;
  readonly expiration: number;
  readonly comment: string;
  readonly position: number;
  readonly positionBy: number;
}

/** What the server answers: MqlTradeResult. */
export interface TradeResult {
  readonly retcode: number;
  readonly deal: number;
  readonly order: number;
  readonly volume: number;
  readonly price: number;
  readonly bid: number;
  readonly ask: number;
  readonly comment: string;
  readonly external: number;
}

/** What happened to the account: MqlTradeTransaction, what does not apply left out. */
export interface Transaction {
  readonly type: number;
  readonly symbol: string;
  readonly deal?: number;
  readonly order?: number;
  readonly orderType?: number;
  readonly orderState?: number;
  readonly dealType?: number;
  readonly timeType?: number;
  readonly timeExpiration?: number;
  readonly price?: number;
  readonly priceTrigger?: number;
  readonly sl?: number;
  readonly tp?: number;
  readonly volume?: number;
  readonly position?: number;
  readonly positionBy?: number;
}

/** What an account's terminal is told, in the order in which it happened. */
export type News =
  | { readonly kind: 'order' | 'history-order'; readonly order: Readonly<Order> }
  | { readonly kind: 'order-gone' | 'position-gone'; readonly ticket: number }
  | { readonly kind: 'deal'; readonly deal: Deal }
  | { readonly kind: 'position'; readonly position: Readonly<Position> }
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  | { readonly kind: 'account' };

/** Whether an order of a type buys. Close-by orders do neither. */
export const isBuy = (type: number): boolean => type % 2 === 0;
