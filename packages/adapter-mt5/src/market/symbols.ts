import { type Instrument, MikroBotError } from '@mikrobot/core';
import type { Terminal } from '../bridge/terminal.js';
import type { SymbolRecord } from '../protocol/symbol-record.js';
import { toInstrument } from './to-instrument.js';

/** The symbols of the account that can be traded. */
export class Symbols {
  readonly #instruments = new Map<string, Instrument>();
  readonly #records = new Map<string, SymbolRecord>();
  /** Symbols that were left out, and why. */
  readonly leftOut = new Map<string, string>();

  get(symbol: string): Instrument | undefined {
    return this.#instruments.get(symbol);
  }

  record(symbol: string): SymbolRecord | undefined {
    return this.#records.get(symbol);
  }

  all(): readonly Instrument[] {
    return [...this.#instruments.values()];
  }

  /**
   * Asks the terminal for its symbols.
   * @param names - undefined: those of the Market Watch
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT` for a name that the broker does not have, `PREFLIGHT_FAILED` without an answer
   */
  async read(terminal: Terminal, names: readonly string[] | undefined, leverage: number): Promise<void> {
    const asked = await terminal.ask('symbols', { names: names === undefined ? null : [...names] });
    if (asked.outcome !== 'answer')
      throw new MikroBotError(
        'PREFLIGHT_FAILED',
        `the terminal does not tell its symbols: ${asked.detail}.`,
        {
          where: 'metatrader5',
        },
      );
    for (const record of asked.parts.symbol) this.#take(record, leverage);
    const missing = names?.find((name) => !this.#records.has(name));
    if (missing !== undefined)
      throw new MikroBotError('UNKNOWN_INSTRUMENT', `the broker has no symbol ${missing}.`, {
        where: 'metatrader5, symbols',
        hint: 'Write it as the Market Watch shows it, with its suffix.',
      });
  }

  #take(record: SymbolRecord, leverage: number): void {
    const { symbol, tradeMode } = record;
    this.#records.set(symbol, record);
    this.leftOut.delete(symbol);
    if (tradeMode === 'disabled') {
      this.leftOut.set(symbol, 'it cannot be traded');
      return;
    }
    try {
      this.#instruments.set(symbol, toInstrument(record, leverage));
    } catch (error) {
      this.leftOut.set(symbol, String((error as Error).message));
    }
  }
}
