import { reason } from '../constants.js';
import type { TradeAccount } from '../exchange/account.js';
import { answer } from '../exchange/answer.js';
import type { News } from '../exchange/records.js';
import type { TradeServer } from '../exchange/trade-server.js';
import type { SymbolMarket } from '../market/market.js';
import { retcode } from '../retcodes.js';
import { type Field, lineOf, lineOfTexts, pairs } from './fields.js';
import { type BrokerNames, figureValues, greetingOf, tickValueOf } from './greeting.js';
import { type LinkRequest, readRequest } from './read-request.js';
import { newsLine, quoteLine, resultLine } from './records.js';
import type { RequestFaults } from './request-faults.js';

/** What sessions share. */
export interface LinkParts {
  readonly server: TradeServer;
  readonly names: BrokerNames;
  readonly faults: RequestFaults;
  /** Whether the answer comes before the news of what it did. */
  readonly resultFirst: boolean;
  /** A request came; also of those that a fault made vanish. */
  readonly onRequest: (login: number, asked: LinkRequest['request']) => void;
}

/** One terminal that has logged in: tells it everything, and handles what it asks. */
export class TerminalSession {
  readonly account: TradeAccount;
  readonly #parts: LinkParts;
  readonly #write: (line: string) => void;
  readonly #listener = (news: News): void => this.#hear(news);
  readonly #tickValues = new Map<string, number>();
  readonly #late = new Set<() => void>();
  #told: Readonly<Record<string, Field>>;
  /** Lines that wait for the answer of the request that caused them. */
  #held: string[] | undefined;

  constructor(account: TradeAccount, parts: LinkParts, write: (line: string) => void) {
    this.account = account;
    this.#parts = parts;
    this.#write = write;
    const { desk } = parts.server;
    for (const line of greetingOf(desk, account, parts.names)) write(line);
    this.#told = figureValues(desk, account);
    for (const { symbol } of desk.market.all)
      this.#tickValues.set(symbol.name, tickValueOf(desk, account, symbol));
    account.listeners.add(this.#listener);
  }

  /** Handles a line of the terminal. @returns whether it was one */
  take(fields: readonly string[]): boolean {
    const [kind, n = ''] = fields;
    if (kind === 'ping') {
      const { time } = this.#parts.server.desk;
      this.#say(lineOf('time', time.now(), time.offset));
      this.#say(lineOf('pong', n));
      return true;
    }
    if (kind !== 'request') return false;
    const asked = readRequest(fields);
    if (asked === undefined) {
      this.#say(resultLine(fields[1] ?? '', answer(retcode.INVALID, undefined)));
      return false;
    }
    this.#handle(asked);
    return true;
  }

  /** Tells a quote, before what it does to the account. */
  quote(market: SymbolMarket): void {
    if (market.quote === undefined) return;
    this.#say(quoteLine(market.symbol.name, market.quote));
    const { desk } = this.#parts.server;
    for (const { symbol } of desk.market.all) {
      if (symbol.currencyProfit === this.account.terms.currency) continue;
      const value = tickValueOf(desk, this.account, symbol);
      if (this.#tickValues.get(symbol.name) === value) continue;
      this.#tickValues.set(symbol.name, value);
      this.#say(lineOfTexts('symbol', symbol.name, ...pairs({ trade_tick_value: value })));
    }
  }

  /** Tells a line as it is. */
  tell(line: string): void {
    this.#say(line);
  }

  end(): void {
    this.account.listeners.delete(this.#listener);
    for (const cancel of this.#late) cancel();
    this.#late.clear();
  }

  #handle({ id, request }: LinkRequest): void {
    const { server, faults, resultFirst, onRequest } = this.#parts;
    const { login } = this.account.terms;
    onRequest(login, request);
    const fault = faults.take(login, request);
    if (fault?.kind === 'lose-request') {
      this.#answerLoss(id, fault.answer);
      return;
    }
    const held: string[] = [];
    this.#held = held;
    const result = server.request(this.account, request, reason.EXPERT);
    this.#held = undefined;
    const sayResult = (): void => {
      if (fault === undefined) this.#say(resultLine(id, result));
      else if (fault.kind === 'delay-result') this.#sayLater(resultLine(id, result), fault.ms);
      else this.#answerLoss(id, fault.answer);
    };
    if (resultFirst) sayResult();
    for (const line of held) this.#say(line);
    if (!resultFirst) sayResult();
  }

  #answerLoss(id: string, code: number | undefined): void {
    if (code !== undefined) this.#say(resultLine(id, answer(code, undefined)));
  }

  #sayLater(line: string, ms: number): void {
    const { clock } = this.#parts.server.desk.time;
    const cancel = clock.arm(`mt5-result-${this.account.terms.login}`, clock.now() + ms, () => {
      this.#late.delete(cancel);
      this.#say(line);
    });
    this.#late.add(cancel);
  }

  #hear(news: News): void {
    if (news.kind === 'account') this.#tellFigures();
    else this.#say(newsLine(news));
  }

  #tellFigures(): void {
    const now = figureValues(this.#parts.server.desk, this.account);
    const changed = Object.fromEntries(
      Object.entries(now).filter(([key, value]) => this.#told[key] !== value),
    );
    this.#told = now;
    if (Object.keys(changed).length > 0) this.#say(lineOfTexts('account', ...pairs(changed)));
  }

  #say(line: string): void {
    if (this.#held === undefined) this.#write(line);
    else this.#held.push(line);
  }
}
