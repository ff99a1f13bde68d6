import type { Line } from '../../testing/raw-terminal.js';

const names: Readonly<Record<string, string>> = {
  order:
    'ticket symbol type state volume_initial volume_current price_open price_stoplimit sl tp price_current type_filling type_time expiration magic position_id position_by_id reason comment time_setup time_done',
  position:
    'ticket identifier symbol type volume price_open sl tp price_current swap profit magic reason comment time time_update',
  deal: 'ticket order position_id symbol type entry reason volume price commission fee swap profit magic comment time sl tp',
  transaction:
    'type deal order symbol order_type order_state deal_type time_type time_expiration price price_trigger price_sl price_tp volume position position_by',
  quote: 'symbol time_msc bid ask last volume flags',
  m1: 'symbol time open high low close tick_volume spread real_volume',
};

const transactions: Readonly<Record<string, string>> = {
  0: 'ORDER_ADD',
  1: 'ORDER_UPDATE',
  2: 'ORDER_DELETE',
  3: 'HISTORY_ADD',
  6: 'DEAL_ADD',
  9: 'POSITION',
};

/** A record of the link by the names of its fields; numbers where they are numbers. */
export type Named = Readonly<Record<string, string | number>>;

/** Texts of a record that stay texts. */
const TEXTS = ['symbol', 'comment', 'magic'];

/** Reads a line by the names that the link gives its fields. Throws where there are too many or too few. */
export const named = (line: Line): Named => {
  const [kind = '', ...fields] = line;
  const keys = (names[kind === 'history-order' ? 'order' : kind] ?? '').split(' ');
  if (keys.length !== fields.length) throw new Error(`${kind} has ${fields.length} fields.`);
  return Object.fromEntries(
    keys.map((key, i) => [key, TEXTS.includes(key) ? (fields[i] ?? '') : Number(fields[i])]),
  );
};

/** Records of a kind among lines. */
export const records = (lines: readonly Line[], kind: string): readonly Named[] =>
  lines.filter(([first]) => first === kind).map(named);

/** `key=value` fields of a line. */
export const pairsOf = (line: Line, from = 1): Readonly<Record<string, string>> =>
  Object.fromEntries(line.slice(from).map((field) => field.split('=', 2) as [string, string]));

/** Lines in short: transactions by their name, others by their kind. */
export const kinds = (lines: readonly Line[]): readonly string[] =>
  lines.map(([kind = '', type = '']) => (kind === 'transaction' ? (transactions[type] ?? type) : kind));

/** Names of the transactions among lines. */
export const transactionsOf = (lines: readonly Line[]): readonly string[] =>
  kinds(lines.filter(([kind]) => kind === 'transaction'));
