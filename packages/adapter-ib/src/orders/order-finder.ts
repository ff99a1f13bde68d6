import { readTwsTime } from '../tws-time.js';
import type { Execution } from './execution.js';
import type { OrderBook } from './order-book.js';
import type { OrderParts } from './parts.js';
import { endOf } from './reports.js';
import type { SeenOrder } from './seen-order.js';
import { type TrackedOrder, track } from './tracked-order.js';
import { ended } from './words.js';

/** What orders and executions of TWS are told apart by. */
type Names = Pick<SeenOrder, 'clientId' | 'orderId' | 'permId' | 'ref'>;

/** Finds the order that TWS speaks of, and takes up those that an earlier process has sent. */
export class OrderFinder {
  readonly #parts: OrderParts & { readonly book: OrderBook };

  constructor(parts: OrderParts & { readonly book: OrderBook }) {
    this.#parts = parts;
  }

  /** The mark comes first: TWS gives an order id again when somebody has reset them. */
  of({ clientId, orderId, permId, ref }: Names): TrackedOrder | undefined {
    const { book } = this.#parts;
    const marked = ref === '' ? undefined : book.byRef(ref);
    if (marked !== undefined) return marked;
    const order = book.find(clientId, orderId, permId);
    const isAnother = permId > 0 && order !== undefined && order.permId > 0 && order.permId !== permId;
    return ref !== '' && isAnother ? undefined : order;
  }

  /**
   * Takes up an order with our mark that this process has not sent: an earlier one has.
   * @param anyClient - whoever asks for it by its id knows that it is ours; completed orders do not say whose they are
   */
  adopt(seen: SeenOrder, anyClient = false): TrackedOrder | undefined {
    const { clientId, contracts, account, book } = this.#parts;
    const isOurs = anyClient || seen.clientId === clientId;
    const contract = contracts.byContractId(seen.contract.conId ?? 0);
    if (seen.ref === '' || !isOurs || seen.account !== account || contract === undefined) return undefined;
    const order = track({
      id: seen.ref,
      symbol: contract.symbol,
      clientId: seen.clientId ?? clientId,
      orderId: seen.orderId,
      permId: seen.permId,
      side: seen.side,
      type: seen.type,
      tif: seen.tif,
      goodTill: readTwsTime(seen.order.goodTillDate),
      quantity: seen.quantity,
      price: seen.price,
      entry: seen.parentId > 0 ? book.byOrderId(seen.parentId) : undefined,
      shown: seen,
      // It was told, or is asked for: nobody waits for the news that it works.
      accepted: true,
    });
    order.entry?.legs.push(order);
    book.add(order);
    if (ended.has(seen.status) || seen.clientId === undefined) book.close(order, endOf(seen));
    return order;
  }

  /** Takes up an order of an earlier process of which only trades are left. */
  adoptTraded({ clientId, ref, contract, orderId, permId, side }: Execution): TrackedOrder | undefined {
    const { book, contracts } = this.#parts;
    const { symbol } = contracts.byContractId(contract.conId ?? 0) ?? {};
    if (clientId !== this.#parts.clientId || ref === '' || symbol === undefined) return undefined;
    const facts = {
      id: ref,
      symbol,
      clientId,
      orderId,
      permId,
      side,
      tif: '',
      quantity: 0,
      price: undefined,
    };
    const order = track({ ...facts, type: 'market', accepted: true });
    book.add(order);
    return order;
  }
}
