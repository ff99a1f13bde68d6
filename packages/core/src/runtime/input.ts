import type { ConnectionState } from '../execution/broker-adapter.js';
import type { AnswerInput } from '../execution/command-line.js';
import type { AccountState } from '../model/account.js';
import type { OrderEvent } from '../model/order.js';
import type { Signal } from '../model/signal.js';
import type { ParsedCommand } from './command.js';

/** An input that comes back from a journal, or late from the world. */
export type Input =
  | { readonly kind: 'in:account'; readonly data: AccountState }
  | { readonly kind: 'in:answer'; readonly data: AnswerInput }
  | { readonly kind: 'in:command'; readonly data: ParsedCommand }
  | { readonly kind: 'in:connection'; readonly data: ConnectionState }
  | { readonly kind: 'in:mark'; readonly data: unknown }
  | { readonly kind: 'in:order'; readonly data: OrderEvent }
  | { readonly kind: 'in:signal'; readonly data: Signal }
  | { readonly kind: 'in:timer'; readonly data: { readonly id: string } };
