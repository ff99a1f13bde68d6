import {
  type AccountMode,
  type Capabilities,
  type Clock,
  type CommandOutcome,
  type Instrument,
  type OrderRef,
  type OrderRequest,
  opposite,
  type Quote,
} from '@mikrobot/core';
import type { AskOutcome, Terminal } from '../bridge/terminal.js';
import type { ServerTime } from '../server-time.js';
import { closePlan } from './close-plan.js';
import type { Guard } from './guard.js';
import { foreignTicket, isClientId, type LegName, legNamed, levelOf, magicOf } from './names.js';
import type { OrderNews } from './order-news.js';
import { outcomeOf, refusal } from './outcomes.js';
import { levelsFor, orderBody } from './to-wire.js';
import { type TrackedOrder, ticketOf, trackRequest } from './tracked-order.js';

/** What order commands work with. */
export interface CommandParts {
  readonly mode: AccountMode;
  readonly capabilities: Capabilities;
  readonly clock: Clock;
  readonly time: ServerTime;
  readonly news: OrderNews;
  readonly deviation: number;
  /** Where magic numbers begin. */
  readonly magic: number;
  readonly submitWithin: number;
  readonly answerTimeout: number;
  /** The terminal, while nothing of the account may have been missed; else why not. */
  ready(): Terminal | string;
  /** Why no entry may be sent; undefined when it may. */
  entriesStopped(): string | undefined;
  instrument(symbol: string): Instrument | undefined;
  quote(symbol: string): Quote | undefined;
}

/** TRADE_RETCODE_NO_CHANGES. */
const NO_CHANGES = 10_025;

const noSuchOrder = (id: string): CommandOutcome => refusal('NO_SUCH_ORDER', `${id} does not work`);

/** Sends commands, each once. Three outcomes: what certainly was not sent is rejected, what may have arrived is unknown. */
export class OrderCommands {
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  async submit(request: OrderRequest): Promise<CommandOutcome> {
    const { mode, news } = this.#parts;
    const terminal = this.#parts.ready();
    if (typeof terminal === 'string') return refusal('LINE_DOWN', terminal);
    const why = this.#refusalOf(request);
    if (why !== undefined) return why;
    if (mode === 'hedging' && request.purpose === 'protect') return this.#protect(terminal, request);
    const known = news.orders.get(request.id);
    const order = known ?? trackRequest(request, this.#levels(request));
    const closes = mode === 'hedging' && request.purpose !== 'enter';
    if (closes && known === undefined && !this.#planClose(order, request))
      return refusal('NOTHING_TO_CLOSE', 'no position of this owner is open on the other side');
    if (known === undefined) news.orders.add(order);
    return this.#send(terminal, request, order);
  }

  async amend(request: OrderRequest, { id }: OrderRef): Promise<CommandOutcome> {
    const { news, time, answerTimeout } = this.#parts;
    const terminal = this.#parts.ready();
    if (typeof terminal === 'string') return refusal('LINE_DOWN', terminal);
    const leg = news.guards.legNamed(id);
    if (leg !== undefined)
      return request.price === undefined
        ? refusal('NO_PRICE', `${id} would be a level without a price`)
        : this.#moveLeg(terminal, leg.guard, leg.name, id, request.price);
    const order = news.orders.get(id);
    const ticket = order && ticketOf(order);
    if (order === undefined || order.ended || ticket === undefined) return noSuchOrder(id);
    if (request.quantity !== order.quantity)
      return refusal('QUANTITY_FIXED', 'MetaTrader 5 cannot change the volume of an order');
    const { price = null, bracket, timeInForce, goodTill } = request;
    const { stop, target } = (bracket === undefined ? order.levels : this.#levels(request)) ?? {};
    const asked = await terminal.ask(
      'modify',
      {
        coid: id,
        order: ticket,
        price,
        stopLimit: null,
        sl: stop ?? null,
        tp: target ?? null,
        tif: timeInForce === 'DAY' || timeInForce === 'GTD' ? timeInForce : 'GTC',
        goodTill: goodTill === undefined ? null : time.toServer(goodTill),
      },
      { timeout: answerTimeout },
    );
    return outcomeOf(asked);
  }

  async cancel({ id, venueId }: OrderRef): Promise<CommandOutcome> {
    const { news, mode } = this.#parts;
    const terminal = this.#parts.ready();
    if (typeof terminal === 'string') return refusal('LINE_DOWN', terminal);
    if (!isClientId(id)) return noSuchOrder(id);
    const leg = news.guards.legNamed(id);
    if (leg !== undefined) return this.#moveLeg(terminal, leg.guard, leg.name, id, 0);
    if (mode === 'hedging' && legNamed(id) !== undefined) return noSuchOrder(id);
    const order = news.orders.get(id);
    if (order?.ended && !order.missing) return refusal('ORDER_ENDED', `${id} has ended`);
    const ticket =
      (order && ticketOf(order)) ?? foreignTicket(id) ?? venueId ?? (await this.#findTicket(terminal, id));
    if (ticket === undefined) return noSuchOrder(id);
    const { answerTimeout } = this.#parts;
    return outcomeOf(await terminal.ask('cancel', { coid: id, order: ticket }, { timeout: answerTimeout }));
  }

  async #send(terminal: Terminal, request: OrderRequest, order: TrackedOrder): Promise<CommandOutcome> {
    const { clock, time, news, deviation, magic, submitWithin, answerTimeout } = this.#parts;
    const body = orderBody(request, {
      time,
      deviation,
      magic: magicOf(request.owner, magic),
      expiresAt: Math.floor(clock.now()) + submitWithin,
      levels: order.levels ?? this.#levels(request),
      closes: order.closing.size === 0 ? null : this.#closesOf(order),
    });
    const asked = await terminal.ask('order', body, { timeout: answerTimeout });
    const outcome = outcomeOf(asked);
    if (outcome.outcome === 'rejected' && order.filled === 0 && order.parts.size === 0)
      news.orders.drop(order.id);
    if (outcome.outcome === 'accepted' && asked.outcome === 'answer') news.taken(order, asked.answer.data);
    return outcome;
  }

  /** Chooses the positions that an exit closes. @returns whether there is one */
  #planClose(order: TrackedOrder, request: OrderRequest): boolean {
    const { news, magic } = this.#parts;
    const owned = news.guards.ofOwner(request.symbol, magicOf(request.owner, magic), opposite(request.side));
    for (const { guard, lots } of closePlan(request, owned, news.orders.working()))
      order.closing.set(guard.position, lots);
    return order.closing.size > 0;
  }

  #closesOf({ closing }: TrackedOrder): { position: string; volume: number }[] {
    const { guards } = this.#parts.news;
    return [...closing].map(([position, volume]) => ({
      position: guards.get(position)?.ticket ?? position,
      volume,
    }));
  }

  /** Sets a level of the position that a leg guards. */
  async #protect(terminal: Terminal, request: OrderRequest): Promise<CommandOutcome> {
    const { id, type, price, quantity } = request;
    const leg = type === 'limit' ? 'target' : 'stop';
    const guard = await this.#guardedBy(terminal, request, leg);
    if (guard === undefined || price === undefined)
      return refusal('NO_POSITION', `the position that ${id} guards is not open`);
    guard.placed.set(id, { price, quantity });
    return this.#moveLeg(terminal, guard, leg, id, price);
  }

  /**
   * The position that a leg guards: its entry's. Where that entry surely never was, it is one of its owner's that has no such level yet.
   */
  async #guardedBy(terminal: Terminal, { id, symbol, owner, side }: OrderRequest, leg: LegName) {
    const { guards, orders } = this.#parts.news;
    const entry = legNamed(id)?.entry;
    const guard = entry === undefined ? undefined : guards.ofEntry(entry);
    if (entry === undefined || guard !== undefined || orders.get(entry) !== undefined) return guard;
    const asked = await this.#ask(terminal, entry);
    if (asked.outcome !== 'answer' || asked.answer.type !== 'absent') return undefined;
    const owned = guards.ofOwner(symbol, magicOf(owner, this.#parts.magic), opposite(side));
    return owned.find(({ levels }) => levels !== undefined && levels[leg] === undefined);
  }

  #ask(terminal: Terminal, coid: string): Promise<AskOutcome<'query'>> {
    return terminal.ask('query', { coid, order: null }, { timeout: this.#parts.answerTimeout });
  }

  async #moveLeg(
    terminal: Terminal,
    guard: Guard,
    leg: LegName,
    coid: string,
    price: number,
  ): Promise<CommandOutcome> {
    const { answerTimeout: timeout, news } = this.#parts;
    const { ticket: position, magic } = guard;
    const body = { coid, position, which: levelOf[leg], price, magic };
    const asked = await terminal.ask('protect', body, { timeout });
    // It was so already: no event will tell whose level it is from now on.
    if (asked.outcome === 'answer' && asked.answer.data.retcode === NO_CHANGES)
      news.guards.named(guard, leg, price === 0 ? undefined : { id: coid, price });
    return outcomeOf(asked);
  }

  /** An order of which nothing was heard: its answer was lost, or it is of an earlier life. */
  async #findTicket(terminal: Terminal, coid: string): Promise<string | undefined> {
    const asked = await this.#ask(terminal, coid);
    if (asked.outcome !== 'answer') return undefined;
    return asked.parts.order.find((order) => order.coid === coid && order.done === undefined)?.ticket;
  }

  #levels(request: OrderRequest): NonNullable<TrackedOrder['levels']> {
    if (this.#parts.mode === 'netting') return { stop: undefined, target: undefined };
    const { symbol } = request;
    return levelsFor(request, this.#parts.instrument(symbol), this.#parts.quote(symbol));
  }

  /** Why nothing is sent. */
  #refusalOf({ id, symbol, type, timeInForce, purpose }: OrderRequest): CommandOutcome | undefined {
    const { capabilities, instrument, entriesStopped } = this.#parts;
    if (!isClientId(id)) return refusal('BAD_ID', 'MetaTrader 5 keeps 26 characters of a-z, 0-9 and -');
    if (capabilities.orderTypes[type] === 'none') return refusal('UNSUPPORTED', `there is no ${type} order`);
    if ((capabilities.timeInForce[timeInForce] ?? 'none') === 'none')
      return refusal('UNSUPPORTED', `there is no time in force ${timeInForce}`);
    if (instrument(symbol) === undefined) return refusal('UNKNOWN_SYMBOL', `there is no ${symbol}`);
    const stopped = purpose === 'enter' ? entriesStopped() : undefined;
    return stopped === undefined ? undefined : refusal('TRADING_OFF', stopped);
  }
}
