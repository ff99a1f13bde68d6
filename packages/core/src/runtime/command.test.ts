import { describe, expect, expectTypeOf, it } from 'vitest';
import { type Command, commandSchema } from './command.js';

const complaint = (command: unknown): string => {
  const { error } = commandSchema.safeParse(command);
  return error?.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') ?? 'accepted';
};

describe('commandSchema', () => {
  it('takes every command, and fills in an empty reason where one may be given', () => {
    const commands: readonly [Command, object][] = [
      [{ do: 'approve', signal: 's1', by: 'Ada' }, {}],
      [{ do: 'reject', signal: 's1', by: 'Ada' }, { reason: '' }],
      [{ do: 'pause', by: 'Ada' }, { reason: '' }],
      [{ do: 'resume', by: 'Ada' }, {}],
      [{ do: 'halt', by: 'Ada', reason: 'news' }, { reason: 'news' }],
      [{ do: 'release', by: 'Ada', reason: 'quiet again' }, {}],
      [{ do: 'halt', by: 'Ada', symbol: 'EURUSD', owner: 'sma:EURUSD' }, { reason: '' }],
      [
        { do: 'kill', by: 'Ada' },
        { reason: '', cancel: true, flatten: true, revoke: false },
      ],
      [
        { do: 'tell', policy: 'killSwitch', say: 're-arm', by: 'Ada', data: { a: [1, null] } },
        { reason: '' },
      ],
      [{ do: 'configure', policy: 'maxDailyLoss', settings: { fraction: 0.02 }, by: 'Ada' }, { reason: '' }],
      [{ do: 'flatten', by: 'Ada' }, { reason: '' }],
      [
        { do: 'flatten', by: 'Ada', symbol: 'EURUSD' },
        { reason: '', symbol: 'EURUSD' },
      ],
      [{ do: 'cancel-all', by: 'Ada' }, { reason: '' }],
    ];
    for (const [command, more] of commands) {
      expect(commandSchema.parse(command)).toEqual({ ...command, ...more });
    }
  });

  it("takes a person's signal, with the draft checked like any from outside", () => {
    const draft = { symbol: 'EURUSD', side: 'buy', target: { r: 2 } } as const;
    expect(commandSchema.parse({ do: 'signal', draft, by: 'Ada' })).toEqual({
      do: 'signal',
      draft: { ...draft, intent: 'enter' },
      by: 'Ada',
    });
    const bad = (more: object): string =>
      complaint({ do: 'signal', by: 'Ada', draft: { ...draft, ...more } });
    expect(bad({ quantity: -1 })).toContain('draft.quantity: ');
    expect(bad({ quantity: Number.POSITIVE_INFINITY })).toContain('draft.quantity: ');
    expect(bad({ confidence: 1.1 })).toContain('draft.confidence: ');
    expect(bad({ target: { r: 0 } })).toContain('draft.target');
    expect(bad({ order: { type: 'trailing-stop' } })).toContain('draft.order.type: ');
    expect(bad({ symbol: '' })).toContain('draft.symbol: ');
  });

  it('lets nobody write what only core may stamp', () => {
    for (const field of ['id', 'time', 'source', 'approval', 'quote', 'account', 'origin']) {
      const draft = { symbol: 'EURUSD', side: 'buy', [field]: {} };
      expect(complaint({ do: 'signal', draft, by: 'Ada' })).toBe(`draft: Unrecognized key: "${field}"`);
    }
  });

  it('wants to know who says it', () => {
    expect(complaint({ do: 'kill' })).toContain('by: ');
    expect(complaint({ do: 'kill', by: '' })).toContain('by: ');
  });

  it('refuses unknown commands, unknown fields and endless reasons', () => {
    expect(complaint({ do: 'sell-everything', by: 'Ada' })).toContain('do: ');
    expect(complaint({ do: 'pause', by: 'Ada', symbol: 'EURUSD' })).toBe(': Unrecognized key: "symbol"');
    expect(complaint({ do: 'halt', by: 'Ada', reason: 'x'.repeat(501) })).toContain('reason: ');
    expect(complaint('halt')).not.toBe('accepted');
    expect(complaint(null)).not.toBe('accepted');
  });

  it('has the same commands for the compiler', () => {
    expectTypeOf<{ do: 'pause'; by: string }>().toExtend<Command>();
    expectTypeOf<{ do: 'pause' }>().not.toExtend<Command>();
    expectTypeOf<{ do: 'fly'; by: string }>().not.toExtend<Command>();
  });
});
