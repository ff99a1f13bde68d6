/** `data.<path>` of an entry's line. */
const field = (path: string, name = path.split('.').at(-1)): string =>
  `json_extract(line, '$.data.${path}') AS "${name}"`;
const fields = (...paths: readonly string[]): string => paths.map((path) => field(path)).join(', ');

const at = `json_extract(line, '$.at') AS at`;

/** What an order's entries have in common. */
const EVENT = `kind IN ('in:order', 'out:order')`;

/**
 * Views for people. They read the lines, so they cost nothing while trading and cannot say anything else than the chain does.
 * Times are epoch ms, quantities lots, money in the account's currency.
 */
export const views: readonly string[] = [
  `CREATE VIEW signals AS SELECT seq, ${at}, ${fields(
    'id',
    'source',
    'origin',
    'symbol',
    'intent',
    'side',
    'quantity',
    'stop',
    'target',
    'confidence',
    'reason',
    'quote.bid',
    'quote.ask',
  )}, ${field('approval.of', 'approves')} FROM entries WHERE kind = 'out:signal'`,
  `CREATE VIEW decisions AS SELECT seq, ${at}, ${fields('signal', 'outcome', 'order')}, ${fields(
    'refusal.stage',
    'refusal.rule',
    'refusal.code',
    'refusal.limit',
    'refusal.actual',
    'verdicts',
  )} FROM entries WHERE kind = 'out:decision'`,
  // A venue may tell of a trade twice; it is one fill.
  `CREATE VIEW fills AS SELECT min(seq) AS seq, ${at}, subject AS signal, ${field('id', 'order')}, ${fields(
    'symbol',
    'time',
    'tradeId',
    'side',
    'quantity',
    'price',
    'remaining',
    'commission',
    'profit',
  )} FROM entries WHERE ${EVENT} AND json_extract(line, '$.data.type') = 'fill'
    GROUP BY json_extract(line, '$.data.id'), json_extract(line, '$.data.tradeId')`,
  `CREATE VIEW orders AS SELECT seq, ${at}, subject AS signal, ${fields(
    'id',
    'symbol',
    'owner',
    'purpose',
    'side',
    'quantity',
    'type',
    'price',
    'timeInForce',
    'reduceOnly',
  )}, (SELECT json_extract(e.line, '$.data.type') FROM entries e WHERE e.subject = i.subject AND e.${EVENT}
       AND json_extract(e.line, '$.data.id') = json_extract(i.line, '$.data.id') ORDER BY e.seq DESC LIMIT 1) AS event,
    (SELECT total(lots) FROM (SELECT json_extract(e.line, '$.data.quantity') AS lots FROM entries e
       WHERE e.subject = i.subject AND e.${EVENT} AND json_extract(e.line, '$.data.type') = 'fill'
       AND json_extract(e.line, '$.data.id') = json_extract(i.line, '$.data.id')
       GROUP BY json_extract(e.line, '$.data.tradeId'))) AS filled
    FROM entries i WHERE kind = 'out:intent' AND json_extract(line, '$.data.command') IS NULL`,
  `CREATE VIEW trades AS SELECT seq, ${at}, ${fields(
    'owner',
    'symbol',
    'side',
    'quantity',
    'opened',
    'closed',
    'profit',
    'exit',
  )} FROM entries WHERE kind = 'out:trade'`,
];
