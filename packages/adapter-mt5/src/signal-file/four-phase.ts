import * as z from 'zod';
import { type Proposal, proposalOf } from '../pure-signal/proposal.js';
import { type PureSignal, type PureSignalProblem, readPureSignal } from '../pure-signal/pure-signal.js';

/** Version of the format that is understood; later ones of the same number before the point are, too. */
const SCHEMA = /^mikrobot-4phase\/1(\.\d+)?$/;

const time = z.iso.datetime({ offset: true });
const price = z.number().positive();

const phases = z.object({
  schema: z.string().regex(SCHEMA, 'is a version that this reader does not know'),
  signal_id: z.string().regex(/^[\x21-\x7e]{1,64}$/, 'is no id of 1 to 64 ASCII characters'),
  phase_1: z.object({
    time,
    level: price,
    direction: z.string().max(20),
    kind: z.string().max(20).optional(),
  }),
  phase_2: z.object({ time, high: price, low: price }),
  phase_3: z.object({ time, extreme: price }),
  phase_4: z.object({
    time,
    price,
    ask: price.optional(),
    stop: price,
    confidence: z.number().min(0).max(1),
  }),
});

/** A signal of the file. Without a `schema` it is an older program's: a pure signal and no more. */
export interface FourPhaseSignal {
  readonly signal: PureSignal;
  /** The sender's id; undefined where there is none. */
  readonly id: string | undefined;
  /** Price to leave at, and how sure the sender is, 0 to 1. Undefined in older programs' files. */
  readonly trigger: { readonly stop: number; readonly confidence: number } | undefined;
  readonly notes: readonly string[];
}

/** See {@link FourPhaseSignal}. */
export type FourPhaseReading =
  | { readonly ok: true; readonly read: FourPhaseSignal }
  | { readonly ok: false; readonly problems: readonly PureSignalProblem[] };

/** Reads the object of a signal file. Never throws. @param now - epoch ms */
export const readFourPhase = (value: Readonly<Record<string, unknown>>, now: number): FourPhaseReading => {
  const pure = readPureSignal(value, now);
  if (!pure.ok) return pure;
  const { signal, notes } = pure;
  if (value.schema === undefined) {
    const id = typeof value.signal_id === 'string' ? value.signal_id : undefined;
    return { ok: true, read: { signal, id, trigger: undefined, notes } };
  }
  const parsed = phases.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
    return { ok: false, problems };
  }
  const { signal_id: id, phase_4 } = parsed.data;
  const at = Date.parse(phase_4.time);
  const trigger = { stop: phase_4.stop, confidence: phase_4.confidence };
  return { ok: true, read: { signal: { ...signal, time: at }, id, trigger, notes } };
};

/** The command that proposes it, with the stop and the confidence of the fourth phase. @param correlation - see {@link proposalOf} */
export const fourPhaseProposal = ({ signal, trigger }: FourPhaseSignal, correlation: string): Proposal => {
  const proposal = proposalOf(signal, correlation);
  return trigger === undefined ? proposal : { ...proposal, draft: { ...proposal.draft, ...trigger } };
};
