import { basename } from 'node:path';
import { SourceError } from './problem.js';
import type { FreeFunction } from './prototypes.js';

// Parameters that the terminal gives, and what is passed on of them.
const HANDLERS: Readonly<Record<string, readonly [returns: string, given: string, passed: string]>> = {
  OnInit: ['int', '', ''],
  OnDeinit: ['void', 'const int reason', 'reason'],
  OnTick: ['void', '', ''],
  OnTimer: ['void', '', ''],
  OnTrade: ['void', '', ''],
  OnStart: ['void', '', ''],
  OnTester: ['double', '', ''],
  OnTradeTransaction: [
    'void',
    'const MqlTradeTransaction &transaction, const MqlTradeRequest &request, const MqlTradeResult &result',
    'transaction, request, result',
  ],
  OnChartEvent: [
    'void',
    'const int id, const long &lparam, const double &dparam, const string &sparam',
    'id, lparam, dparam, sparam',
  ],
  OnBookEvent: ['void', 'const string &symbol', 'symbol'],
};

const assignment = ({ head }: FreeFunction): string => {
  const [returns, given, passed] = HANDLERS[head.name]!;
  const expected = given === '' ? 0 : given.split(',').length;
  if (head.parameters.length !== expected && !(head.name === 'OnDeinit' && head.parameters.length === 0))
    throw new SourceError(head.at, `'${head.name}' - wrong parameters of an event handler`);
  const call = `mql_program::${head.name}(${head.parameters.length === 0 ? '' : passed});`;
  const body =
    returns === 'int' && head.returns === 'void'
      ? `${call} return 0;`
      : returns === 'void'
        ? call
        : `return ${call}`;
  return `  handlers.${head.name} = [](${given}) -> ${returns} { ${body} };`;
};

/** C++ that tells the terminal which events the program handles. */
export const registration = (program: string, functions: readonly FreeFunction[]): string => {
  const indicator = functions.find(({ head }) => head.name === 'OnCalculate');
  if (indicator)
    throw new SourceError(indicator.head.at, 'this host runs expert advisors and scripts, no indicators');
  const lines = functions
    .filter((each) => each.defined && Object.hasOwn(HANDLERS, each.head.name))
    .map(assignment);
  return [
    'static mql_handlers mql_make_handlers() {',
    '  mql_handlers handlers{};',
    `  handlers.name = ${JSON.stringify(basename(program).replace(/\.mq5$/i, ''))};`,
    ...lines,
    '  return handlers;',
    '}',
    'static int mql_registered = mql_register(mql_make_handlers());',
    '',
  ].join('\n');
};
