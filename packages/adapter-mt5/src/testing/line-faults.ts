import type { Fate, LineProxy, PassingLine, Speaker } from './line-proxy.js';

const commands: ReadonlySet<string> = new Set(['order', 'protect', 'modify', 'cancel']);
const questions: ReadonlySet<string> = new Set(['snapshot', 'query']);

/** What can go wrong on the way between the bridge and the expert advisor. */
export class LineFaults {
  /** While on, questions about the account do not arrive. */
  blind = false;
  /** The next order command does not arrive. */
  loseRequest = false;
  /** The next order command's answer does not arrive. */
  loseAnswer = false;
  /** The next deal is told twice. */
  repeatDeal = false;
  #lost: number | undefined;

  constructor(proxy: LineProxy) {
    proxy.fate = (line, speaker) => this.#fateOf(line, speaker);
  }

  #fateOf({ t, id, re }: PassingLine, speaker: Speaker): Fate {
    if (speaker === 'node') {
      if (this.blind && questions.has(t)) return 'drop';
      if (!commands.has(t)) return 'pass';
      if (this.loseRequest) {
        this.loseRequest = false;
        return 'drop';
      }
      if (this.loseAnswer) {
        this.loseAnswer = false;
        this.#lost = id;
      }
      return 'pass';
    }
    if (re !== undefined && re === this.#lost) return 'drop';
    // Trade events of one name are orders and deals; what Node sends carries no number.
    if (t !== 'deal' || !this.repeatDeal) return 'pass';
    this.repeatDeal = false;
    return 'twice';
  }
}
