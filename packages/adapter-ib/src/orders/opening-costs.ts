/**
 * Commissions that were paid to open what is held. What TWS says that a trade realised is after the commissions of both ends, while a
 * fill's profit is before any: what was paid at the opening must not count twice.
 */
export class OpeningCosts {
  readonly #held = new Map<string, { lots: number; paid: number }>();

  /**
   * Takes a trade into account.
   * @param lots - signed
   * @param commission - of this trade, account currency
   * @param realised - whether TWS says that it realised anything
   * @returns what is to be added to the realised profit: the commissions in it
   */
  add(symbol: string, lots: number, commission: number, realised: boolean): number {
    const held = this.#held.get(symbol) ?? { lots: 0, paid: 0 };
    this.#held.set(symbol, held);
    const isOpposite = Math.sign(held.lots) * Math.sign(lots) < 0;
    // What it closes was opened before this process: nobody told what that cost.
    if (!isOpposite && realised) return commission;
    const closed = isOpposite ? Math.min(Math.abs(lots), Math.abs(held.lots)) : 0;
    const share = closed === 0 ? 0 : (held.paid * closed) / Math.abs(held.lots);
    const closing = commission * (closed / Math.abs(lots));
    held.paid += commission - closing - share;
    held.lots += lots;
    if (Math.abs(held.lots) < 1e-9) this.#held.delete(symbol);
    return share + closing;
  }
}
