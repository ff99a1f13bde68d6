import { createHash } from 'node:crypto';
import type { Decision, OrderRequest, Refusal } from '@mikrobot/core';

type Cell = string | number | boolean | null;

const cell = (value: string | number | boolean | undefined): Cell => value ?? null;

const refusalCells = (refusal: Refusal | undefined, until: number | undefined): Cell[] => [
  cell(refusal?.stage),
  cell(refusal?.rule),
  cell(refusal?.code),
  cell(refusal?.limit),
  cell(refusal?.actual),
  cell(until),
];

const orderCells = (order: OrderRequest | undefined): Cell[] => [
  cell(order?.id),
  cell(order?.owner),
  cell(order?.purpose),
  cell(order?.side),
  cell(order?.quantity),
  cell(order?.type),
  cell(order?.price),
  cell(order?.limitPrice),
  cell(order?.trail),
  cell(order?.timeInForce),
  cell(order?.goodTill),
  cell(order?.bracket?.stop),
  cell(order?.bracket?.target),
  cell(order?.bracket?.trail),
  cell(order?.reduceOnly),
];

/**
 * One decision as one line of canonical text: a JSON array of 33 cells, in this order.
 *
 * 1-10, of the signal: id, source, time, symbol, intent, side, quantity, stop, target, trail.
 * 11-12: the decision's time, its outcome.
 * 13-18, of a refusal or hold: stage, rule, code, limit, actual, and until when it is held.
 * 19-33, of an order: id, owner, purpose, side, quantity, type, price, limit price, trail, time in force, good till,
 * bracket's stop, target and trail, reduce-only.
 *
 * What is absent is `null`. Numbers are written as ECMAScript writes them (the shortest text that reads back as the same
 * double), so neither the machine, its time zone nor the version of Node changes a byte. Free text (reasons, details) is left out.
 */
export const decisionText = (decision: Decision): string => {
  const { signal, outcome } = decision;
  const stopped = outcome === 'refused' || outcome === 'held';
  return JSON.stringify([
    signal.id,
    signal.source,
    signal.time,
    signal.symbol,
    signal.intent,
    cell(signal.side),
    cell(signal.quantity),
    cell(signal.stop),
    cell(signal.target),
    cell(signal.trail),
    decision.time,
    outcome,
    ...refusalCells(stopped ? decision.refusal : undefined, outcome === 'held' ? decision.until : undefined),
    ...orderCells(stopped ? undefined : decision.order),
  ]);
};

/** SHA-256 over {@link decisionText} of every decision in its order, a line feed after each, UTF-8. */
export class DecisionsHash {
  readonly #hash = createHash('sha256');

  add(decision: Decision): void {
    this.#hash.update(`${decisionText(decision)}\n`, 'utf8');
  }

  /** The hash so far, 64 hexadecimal digits. */
  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
