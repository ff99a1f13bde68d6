/** How an account books opposite trades: into one net position a symbol, or as separate positions. */
export type AccountMode = 'netting' | 'hedging';

/** What a venue says of an account. Amounts in `currency`. */
export interface AccountState {
  readonly id: string;
  readonly currency: string;
  readonly mode: AccountMode;
  /** Real money. Such an account is refused unless the configuration names it. */
  readonly live: boolean;
  readonly balance: number;
  /** Balance plus floating profit. */
  readonly equity: number;
  /** Margin in use. */
  readonly margin: number;
  /** Maximum leverage, as in 30 for 1:30. */
  readonly leverage: number;
}

/** A strategy's or an account's holding of one instrument. */
export interface Position {
  readonly symbol: string;
  /** Lots, positive when long, 0 when flat. */
  readonly quantity: number;
  /** Volume-weighted price of what is open; 0 when flat. */
  readonly averagePrice: number;
  /** When the present holding began (epoch ms); 0 when flat. */
  readonly since: number;
}

/** Holds nothing. */
export const flatPosition = (symbol: string): Position => ({
  symbol,
  quantity: 0,
  averagePrice: 0,
  since: 0,
});
