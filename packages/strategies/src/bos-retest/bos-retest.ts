import { type Draft, defineStrategy, roundPrice, type Strategy, type StrategyContext } from '@mikrobot/core';
import { defer, filter, ignoreElements, map, merge, type Observable, tap } from 'rxjs';
import { BosRetestMachine } from './bos-retest-machine.js';
import { describeSetup, setupTags } from './describe.js';
import { type BosRetestParams, type BosRetestPreset, bosRetestParams } from './params.js';
import { PartialClose } from './partial-close.js';
import type { Setup } from './setup.js';

/** The draft that a triggered setup is worth now: an entry when flat, a reversal when that is wished, otherwise nothing. */
const draftOf = (setup: Setup, context: StrategyContext, params: BosRetestParams): Draft | undefined => {
  if (setup.trigger === undefined) return undefined;
  const { instrument, position, signal } = context;
  const up = setup.direction === 'up';
  const details = {
    stop: roundPrice(instrument, setup.trigger.stop, up ? 'down' : 'up'),
    target: { r: params.rMultiple },
    trail: params.trailPips === undefined ? undefined : params.trailPips * instrument.pipSize,
    confidence: setup.trigger.confidence,
    reason: describeSetup(setup, instrument, params),
    tags: setupTags(setup),
  };
  if (position.flat) return up ? signal.buy(details) : signal.sell(details);
  if (params.reverse && position.long !== up) return signal.reverse(up ? 'buy' : 'sell', details);
  return undefined;
};

const isDraft = (draft: Draft | undefined): draft is Draft => draft !== undefined;

const signals = (context: StrategyContext, params: BosRetestParams): Observable<Draft> =>
  defer(() => {
    const machine = new BosRetestMachine(params, context.instrument.pipSize);
    const { partialAtR } = params;
    const partial = partialAtR === undefined ? undefined : new PartialClose(context, partialAtR);

    const structure$ = context.bars$(params.structure).pipe(
      tap((bar) => machine.structureBar(bar)),
      ignoreElements(),
    );
    const entry$ = context.bars$(params.entry).pipe(
      tap((bar) => machine.entryBar(bar)),
      ignoreElements(),
    );
    const drafts$ = context.ticks$.pipe(
      map((tick) => {
        const setup = machine.tick(tick);
        if (setup === undefined) return partial?.tick(tick);
        const draft = draftOf(setup, context, params);
        if (draft?.side !== undefined && draft.stop !== undefined) partial?.entry(draft.side, draft.stop);
        return draft;
      }),
      filter(isDraft),
    );
    return merge(structure$, entry$, drafts$);
  });

const define = (name: string, preset: BosRetestPreset): Strategy =>
  defineStrategy({
    name,
    params: bosRetestParams(preset),
    timeframes: (params) => [params.structure, params.entry],
    signals,
  });

/**
 * Break of structure and retest with the defaults of the preset `m5-m1`; {@link BosRetestMachine} has the rules. It enters only
 * when its own position is flat.
 *
 * @example
 * ```ts
 * const bot = createBot({ adapter, run: [{ strategy: bosRetest, symbol: 'EURUSD', params: { bufferPips: 3 } }], risk });
 * ```
 */
export const bosRetest: Strategy = define('bos-retest', 'm5-m1');

/** The same strategy with the defaults of the preset `h1-m15`. */
export const bosRetestH1M15: Strategy = define('bos-retest-h1-m15', 'h1-m15');
