import {
  type AdapterEvents,
  ApprovedOrder,
  type BrokerAdapter,
  type Capabilities,
  type CommandOutcome,
  type Instrument,
  instrumentSchema,
  MikroBotError,
  type OrderEvent,
  type OrderRef,
  type OrderRequest,
  type QueryOutcome,
  type Snapshot,
  type StreamRequest,
  type Support,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import * as z from 'zod';
import { VenueClient } from './client.js';
import { outcomeSchema, querySchema, snapshotSchema } from './wire.js';

const decimals = { priceDecimals: z.number(), quantityDecimals: z.number() };
const instrumentsSchema = z.array(
  z.object({
    ...instrumentSchema.shape,
    base: z
      .string()
      .optional()
      .transform((b) => b),
    ...decimals,
  }),
);

/** Ms after which silence is an unknown outcome. */
const PATIENCE = 200;

/** The order as it is sent: a venue that keeps no brackets gets none. */
export const requestOf = (order: ApprovedOrder, bracket: Capabilities['bracket']): OrderRequest => {
  if (!ApprovedOrder.is(order))
    throw new MikroBotError('FORGED_APPROVAL', 'What was submitted was never approved.');
  const { request } = order;
  return bracket === 'none' && request.bracket !== undefined ? { ...request, bracket: undefined } : request;
};

/** The venue of the kill test as a broker: a line that can break, answers that can get lost. Nothing is ever sent twice. */
export class RemoteAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = 'remote';
  readonly capabilities: Capabilities;
  readonly #client: VenueClient;
  readonly #streams = new Set<string>();
  #met = false;
  /** Number of the last order event that was told. */
  seen = 0;

  constructor({ port, bracket }: { readonly port: number; readonly bracket: Support }) {
    super();
    this.capabilities = {
      orderTypes: {
        market: 'native',
        limit: 'native',
        stop: 'native',
        'stop-limit': 'native',
        'trailing-stop': bracket,
      },
      timeInForce: { GTC: 'native', DAY: 'native', GTD: 'native', IOC: 'native', FOK: 'native' },
      bracket,
      amend: 'native',
      reduceOnly: 'native',
      history: 'none',
    };
    this.#client = new VenueClient(port, {
      line: (state) => this.#line(state),
      message: (message) => {
        switch (message.say) {
          case 'tick':
            if (this.#streams.has(message.tick.symbol)) this.emit('tick', message.tick);
            break;
          case 'order':
            this.seen = message.number;
            this.told(message.event);
            break;
          case 'account':
            this.emit('account', message.account);
            break;
          case 'heartbeat':
            this.emit('heartbeat');
            break;
        }
      },
    });
  }

  connect(): Promise<void> {
    return this.#client.open();
  }

  async instruments(): Promise<readonly Instrument[]> {
    return instrumentsSchema.parse(await this.#client.ask({ ask: 'instruments' }, 5_000));
  }

  subscribe({ symbol }: StreamRequest): () => void {
    this.#streams.add(symbol);
    return () => this.#streams.delete(symbol);
  }

  // biome-ignore lint/correctness/useYield: the venue has no past.
  async *history(): AsyncGenerator<never> {
    return;
  }

  async snapshot(): Promise<Snapshot> {
    const data = await this.#client.ask({ ask: 'snapshot' }, PATIENCE * 5);
    if (data === undefined)
      throw new MikroBotError('PREFLIGHT_FAILED', 'The venue did not answer.', { where: 'snapshot' });
    return snapshotSchema.parse(data);
  }

  submit(order: ApprovedOrder): Promise<CommandOutcome> {
    return this.send(requestOf(order, this.capabilities.bracket));
  }

  /** Sends a request that was approved. */
  send(request: OrderRequest): Promise<CommandOutcome> {
    return this.#command({ ask: 'submit', request });
  }

  amend(order: ApprovedOrder, replaces: OrderRef): Promise<CommandOutcome> {
    return this.#command({ ask: 'amend', request: requestOf(order, this.capabilities.bracket), replaces });
  }

  cancel(ref: OrderRef): Promise<CommandOutcome> {
    return this.#command({ ask: 'cancel', ref });
  }

  async query(ref: OrderRef): Promise<QueryOutcome> {
    const data = this.#client.up ? await this.#client.ask({ ask: 'query', ref }, PATIENCE) : undefined;
    return data === undefined ? { outcome: 'unknown', detail: 'no answer' } : querySchema.parse(data);
  }

  close(): void {
    this.#client.close();
  }

  /** Passes on what the venue tells of an order. */
  protected told(event: OrderEvent): void {
    this.emit('order', event);
  }

  async #command(question: Parameters<VenueClient['ask']>[0]): Promise<CommandOutcome> {
    // Nothing was sent, so this is known.
    if (!this.#client.up) return { outcome: 'rejected', code: 'LINE_DOWN', detail: 'nothing was sent' };
    const data = await this.#client.ask(question, PATIENCE);
    return data === undefined ? { outcome: 'unknown', detail: 'no answer' } : outcomeSchema.parse(data);
  }

  #line(state: 'up' | 'down'): void {
    // Whatever happened before the first line came up is core's to ask for.
    const dataLost = state === 'up' && this.#met;
    this.#met ||= state === 'up';
    this.emit('connection', { state, dataLost, detail: dataLost ? 'the line was cut' : state });
  }
}
