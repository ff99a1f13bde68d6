import { existsSync } from 'node:fs';
import { type CsvFiles, type LayoutName, layouts } from '@mikrobot/backtest';
import { MikroBotError, parseTimeframe } from '@mikrobot/core';
import { type Command, Option } from 'commander';
import { reading, UsageError } from './failures.js';

/** What every command that reads market data takes. */
export interface DataOptions {
  readonly data: readonly string[];
  readonly symbol?: readonly string[];
  readonly layout?: LayoutName;
  readonly dataTimeframe?: string;
  readonly zone?: string;
  readonly contract?: string;
}

/** Collects an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** Adds the options of {@link DataOptions} to a command. */
export const addDataOptions = (command: Command, required = true): Command => {
  const data = new Option(
    '--data <file>',
    'market data, CSV or gzip; give it again for more files',
  ).argParser(collect);
  return command
    .addOption(required ? data.makeOptionMandatory() : data)
    .addOption(
      new Option(
        '--symbol <name>',
        'symbol of the data; give one for each --data, or one for all (default: from the file name)',
      ).argParser(collect),
    )
    .addOption(
      new Option('--layout <name>', 'layout of the files (default: found out)').choices(Object.keys(layouts)),
    )
    .option('--data-timeframe <name>', 'timeframe of the bars in the files (default: found out)')
    .option('--zone <name>', 'time zone of the times in the files, such as Europe/Athens')
    .option('--contract <month>', 'which contract, where a file of futures holds several');
};

const checkSymbols = (files: number, symbols: readonly string[]): void => {
  if (symbols.length <= 1 || symbols.length === files) return;
  throw new UsageError(
    `${symbols.length} times --symbol, but ${files} times --data. Give one --symbol for all files, or one for each in their order.`,
  );
};

/** @throws `MikroBotError` `FILE_MISSING` */
export const checkExists = (path: string): void => {
  if (existsSync(path)) return;
  throw new MikroBotError('FILE_MISSING', 'There is no such file.', {
    where: path,
    hint: `Check the path; it is relative to ${process.cwd()}.`,
  });
};

/**
 * The files to read, each with its symbol.
 * @throws UsageError when the symbols do not pair up with the files, or there is no such timeframe
 * @throws `MikroBotError` `FILE_MISSING`
 */
export const filesOf = (options: DataOptions): readonly CsvFiles[] => {
  const { data, symbol: symbols = [], layout, dataTimeframe, zone, contract } = options;
  checkSymbols(data.length, symbols);
  // Before anything else: a symbol is found from the name of a file, and a wrong name would be blamed for a wrong path.
  for (const path of data) checkExists(path);
  const timeframe =
    dataTimeframe === undefined
      ? undefined
      : reading(() => parseTimeframe(dataTimeframe), '--data-timeframe');
  return data.map((path, i) => ({
    path,
    symbol: symbols.length > 1 ? symbols[i] : symbols[0],
    layout,
    timeframe,
    zone,
    contract,
  }));
};
