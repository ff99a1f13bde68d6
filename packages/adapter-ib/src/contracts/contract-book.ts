import { type Clock, type Instrument, MikroBotError, type Session } from '@mikrobot/core';
import type { Line } from '../line/line.js';
import { checkSpec } from './check-spec.js';
import type { ContractSpec } from './contract-spec.js';
import type { PriceStep } from './price-steps.js';
import { ruleRequest } from './requests.js';
import { findCandidates, learnHours, resolveContract } from './resolve-contract.js';
import type { ResolvedContract } from './resolved-contract.js';
import { rollNote } from './roll.js';
import { toInstrument } from './to-instrument.js';

/** What a {@link ContractBook} is made of. */
export interface ContractBookParts {
  /** By the symbols of MikroBot. */
  readonly contracts: Readonly<Record<string, ContractSpec>>;
  readonly clock: Clock;
}

/** Requests for details that are open at once: TWS answers chains slowly, and refuses to be flooded. */
const AT_ONCE = 4;

/**
 * The contracts of an adapter, by the symbols of MikroBot and by the ids of TWS. They are found once, by {@link resolve}; a contract
 * stays what it is until the adapter is made anew, also over the roll of a future.
 */
export class ContractBook {
  readonly #specs: ReadonlyMap<string, ContractSpec>;
  readonly #clock: Clock;
  readonly #bySymbol = new Map<string, ResolvedContract>();
  readonly #byId = new Map<number, ResolvedContract>();
  readonly #rules = new Map<number, Promise<readonly PriceStep[] | undefined>>();

  /** @throws `MikroBotError` `BAD_CONFIG` naming the symbol and the field that is wrong */
  constructor({ contracts, clock }: ContractBookParts) {
    this.#specs = new Map(Object.entries(contracts));
    this.#clock = clock;
    if (this.#specs.size === 0)
      throw new MikroBotError('BAD_CONFIG', 'No contract is named.', {
        where: 'contracts',
        hint: "Write contracts: { AAPL: stock('AAPL') }.",
      });
    for (const [symbol, spec] of this.#specs) checkSpec(symbol, spec);
  }

  /**
   * Finds all contracts that are not found yet.
   * @param held - contract ids in which the account has a position, or an order of ours works: such an expiry of a future goes before
   * the front month
   * @throws `MikroBotError` `BAD_CONFIG` where several contracts fit a symbol, or one fits two; `UNKNOWN_INSTRUMENT` where none does
   */
  async resolve(line: Line, held: ReadonlySet<number> = new Set()): Promise<void> {
    const rule = (id: number): Promise<readonly PriceStep[] | undefined> => this.#rule(line, id);
    const parts = { line, held, now: this.#clock.now(), rule };
    await this.#each(async (symbol, spec) => {
      if (!this.#bySymbol.has(symbol)) this.#add(await resolveContract(symbol, spec, parts));
    });
  }

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT` for a symbol that is not configured, or not found yet */
  get(symbol: string): ResolvedContract {
    const found = this.#bySymbol.get(symbol);
    if (found !== undefined) return found;
    const known = [...this.#specs.keys()].join(', ');
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `there is no contract ${symbol}.`, {
      where: 'interactive brokers',
      hint: `Configured are ${known}.`,
    });
  }

  find(symbol: string): ResolvedContract | undefined {
    return this.#bySymbol.get(symbol);
  }

  /** The contract of an id of TWS, as executions, orders and positions name it; of those that can be traded. */
  byContractId(contractId: number): ResolvedContract | undefined {
    return this.#byId.get(contractId);
  }

  /** In the order in which they were configured. */
  get all(): readonly ResolvedContract[] {
    return [...this.#specs.keys()].flatMap((symbol) => this.#bySymbol.get(symbol) ?? []);
  }

  /**
   * The instruments of all contracts.
   * @param marginRates - part of the notional value held as margin, by symbol, where it is known
   */
  instruments(marginRates: ReadonlyMap<string, number> = new Map()): readonly Instrument[] {
    return this.all.map((contract) => {
      const marginRate = marginRates.get(contract.symbol);
      return marginRate === undefined ? contract.instrument : toInstrument({ ...contract, marginRate });
    });
  }

  /** When a contract trades. The same object is right for as long as the adapter lives. */
  sessions(symbol: string): Session {
    return this.get(symbol).hours;
  }

  /** What people should know of the contracts now, as sentences without a full stop. */
  get notes(): readonly string[] {
    const now = this.#clock.now();
    return this.all.flatMap(({ symbol, spec, facts, notes }) => {
      const roll = spec.kind === 'future' ? rollNote(symbol, spec, facts, now) : undefined;
      return roll === undefined ? notes : [...notes, roll];
    });
  }

  /** Learns the hours of the days that follow. */
  async refreshHours(line: Line): Promise<void> {
    await this.#each(async (symbol, spec) => {
      const contract = this.#bySymbol.get(symbol);
      if (contract === undefined) return;
      const query = { conId: contract.facts.contractId, exchange: spec.exchange };
      const [facts] = await findCandidates(line, symbol, query);
      learnHours(contract, facts!, this.#clock.now());
    });
  }

  #add(contract: ResolvedContract): void {
    const { symbol, facts, tradable } = contract;
    this.#bySymbol.set(symbol, contract);
    // A series of all expiries has the id of its newest, whose positions are not its own.
    if (!tradable) return;
    const other = this.#byId.get(facts.contractId);
    if (other !== undefined)
      throw new MikroBotError('BAD_CONFIG', `${other.symbol} and ${symbol} are one contract.`, {
        where: `contract ${symbol}`,
        hint: 'An account has one position of it: name it once.',
      });
    this.#byId.set(facts.contractId, contract);
  }

  /** One request for each rule, also where many contracts share it; one that was not answered is asked for again by the next. */
  #rule(line: Line, id: number): Promise<readonly PriceStep[] | undefined> {
    let steps = this.#rules.get(id);
    if (steps === undefined) {
      steps = line.request(ruleRequest(id)).catch((error: unknown) => {
        this.#rules.delete(id);
        // No line, no contracts; without a rule there still is the smallest step.
        if (!line.isOpen) throw error;
        return undefined;
      });
      this.#rules.set(id, steps);
    }
    return steps;
  }

  async #each(work: (symbol: string, spec: ContractSpec) => Promise<void>): Promise<void> {
    const waiting = [...this.#specs];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(...next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}
