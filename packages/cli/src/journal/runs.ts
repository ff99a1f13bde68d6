import type { Entry } from '@mikrobot/core';

/** What a bot wrote from one start to its end, or to the end of its process. */
export interface RecordedRun {
  /** 1, 2, 3 … in the journal. */
  readonly number: number;
  /** Where it begins in the journal. */
  readonly seq: number;
  /** Epoch ms of the first turn that has a time; back-tests begin at 0. */
  readonly from: number;
  readonly entries: readonly Entry[];
}

const begins = ({ kind, data }: Entry): boolean =>
  kind === 'out:state' && (data as { readonly state?: string }).state === 'preflight';

/** The runs of a journal. Entries before the first start belong to a run whose beginning was exported, and are left out. */
export const runsOf = (entries: Iterable<Entry>): readonly RecordedRun[] => {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    if (begins(entry)) runs.push([]);
    runs.at(-1)?.push(entry);
  }
  return runs.map((all, i) => ({
    number: i + 1,
    seq: all[0]?.seq ?? 0,
    from: all.find(({ at }) => at > 0)?.at ?? 0,
    entries: all,
  }));
};
