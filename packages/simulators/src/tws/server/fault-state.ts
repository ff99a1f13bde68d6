import { Waiting } from './match.js';

/** Names of the faults, as they are counted. */
export type TwsFaultName =
  | 'drop'
  | 'half-open'
  | 'refused-connection'
  | 'restart'
  | 'port-reset'
  | 'connectivity-lost'
  | 'unreachable-request'
  | 'untold-message'
  | 'held-client-id'
  | 'delayed-message'
  | 'lost-request'
  | 'lost-answer'
  | 'duplicated-message'
  | 'reordered-message'
  | 'late-execution'
  | 'missing-end';

/** What becomes of requests that clients send while TWS does not reach IB: they vanish, or TWS sends them once it does. */
export type WhileLost = 'vanish' | 'held';

/** What is to go wrong, and how often it did. */
export class FaultState {
  readonly counts = new Map<TwsFaultName, number>();
  readonly lostRequests = new Waiting();
  readonly lostAnswers = new Waiting();
  readonly twice = new Waiting();
  readonly swaps = new Waiting();
  /** ms that each message comes late. */
  delay = 0;
  /** ms that executions come late when nobody asked for them; `Infinity`: never. */
  executionDelay = 0;
  /** ms that the id of a connection that has ended is held. */
  holdIds = 0;
  /** Answers of state get no end. */
  blind = false;
  /** TWS does not reach IB; what it says to those who connect. */
  lost: WhileLost | undefined;

  count(fault: TwsFaultName): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
  }

  /** Nothing goes wrong from now on, except what is broken already. */
  clear(): void {
    for (const waiting of [this.lostRequests, this.lostAnswers, this.twice, this.swaps]) waiting.clear();
    this.delay = 0;
    this.executionDelay = 0;
    this.holdIds = 0;
    this.blind = false;
  }
}
