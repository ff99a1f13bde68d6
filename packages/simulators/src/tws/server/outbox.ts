import type { Clock } from '@mikrobot/core';
import type { Field } from '../wire/field.js';
import { frameOf } from '../wire/message.js';
import { answerNames } from '../wire/names.js';
import type { FaultState } from './fault-state.js';
import type { WireMessage } from './match.js';

const EXECUTION = 11;
const COMMISSION = 59;
const REQUEST_EXECUTIONS = 7;
/** Messages that say that an answer about orders or the account is complete. */
const ENDS = new Set([53, 54, 55, 62, 64, 72, 74, 102]);

const describe = (fields: readonly Field[]): WireMessage => {
  const id = Number(fields[0]);
  const text = fields.map((field) =>
    typeof field === 'boolean' ? String(Number(field)) : String(field ?? ''),
  );
  return { id, name: answerNames[id] ?? String(id), fields: text };
};

/** What a session sends, with what goes wrong on the way. */
export class Outbox {
  readonly #write: (frame: Buffer) => void;
  readonly #faults: FaultState;
  readonly #clock: Clock;
  readonly #id: string;
  /** Waits for the message that will overtake it. */
  #overtaken: readonly Field[] | undefined;
  readonly #late = new Set<() => void>();
  #sequence = 0;
  /** Id of the request that is handled now; undefined between requests. */
  handling: number | undefined;
  /** What the request that is handled now sends is lost. */
  losing = false;

  constructor(write: (frame: Buffer) => void, faults: FaultState, clock: Clock, id: string) {
    this.#write = write;
    this.#faults = faults;
    this.#clock = clock;
    this.#id = id;
  }

  /** Sends what comes from IB: not while TWS does not reach it. */
  put(fields: readonly Field[]): void {
    const faults = this.#faults;
    const id = fields[0] as number;
    if (faults.lost !== undefined) faults.count('untold-message');
    else if (faults.blind && ENDS.has(id)) faults.count('missing-end');
    else if (faults.executionDelay > 0 && this.#isUnaskedExecution(id)) this.#putLate(fields);
    else this.tell(fields);
  }

  /** Sends what TWS says of itself. */
  tell(fields: readonly Field[]): void {
    const faults = this.#faults;
    if (this.losing) {
      faults.count('lost-answer');
      return;
    }
    if (this.#overtaken === undefined && !faults.twice.any && !faults.swaps.any) {
      this.#write(frameOf(fields));
      return;
    }
    const message = describe(fields);
    if (this.#overtaken === undefined && faults.swaps.take(message)) {
      this.#overtaken = fields;
      return;
    }
    this.#write(frameOf(fields));
    if (faults.twice.take(message)) {
      faults.count('duplicated-message');
      this.#write(frameOf(fields));
    }
    if (this.#overtaken === undefined) return;
    faults.count('reordered-message');
    this.#write(frameOf(this.#overtaken));
    this.#overtaken = undefined;
  }

  /** The connection has ended. */
  close(): void {
    for (const cancel of this.#late) cancel();
    this.#late.clear();
  }

  #isUnaskedExecution(id: number): boolean {
    return (id === EXECUTION || id === COMMISSION) && this.handling !== REQUEST_EXECUTIONS;
  }

  #putLate(fields: readonly Field[]): void {
    const { executionDelay } = this.#faults;
    this.#faults.count('late-execution');
    if (executionDelay === Number.POSITIVE_INFINITY) return;
    const cancel = this.#clock.arm(
      `${this.#id}-execution-${this.#sequence++}`,
      this.#clock.now() + executionDelay,
      () => {
        this.#late.delete(cancel);
        if (this.#faults.lost === undefined) this.tell(fields);
        else this.#faults.count('untold-message');
      },
    );
    this.#late.add(cancel);
  }
}
