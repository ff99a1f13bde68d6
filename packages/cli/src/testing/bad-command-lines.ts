import { exitCodes } from '../failures.js';
import { barRow, barsHeader, type DataFolder } from './data-files.js';

/** A command line that must fail, and what it must say. */
export interface BadCommandLine {
  readonly title: string;
  readonly args: readonly string[];
  readonly code: number;
  readonly says: RegExp;
}

/** Every way to be wrong that people will find. */
export const badCommandLines = (folder: DataFolder): readonly BadCommandLine[] => {
  const { failed, usage } = exitCodes;
  const good = folder.write('eurusd_m1.csv', [
    barsHeader,
    ...Array.from({ length: 20 }, (_, i) => barRow(i)),
  ]);
  const strange = folder.write('eurusd_strange.csv', ['when;what', '1;2']);
  const empty = folder.write('eurusd_empty.csv', []);
  const text = folder.write('eurusd_text.csv', [barsHeader, barRow(0, { open: 'abc' })]);
  const upsideDown = folder.write('eurusd_high.csv', [barsHeader, barRow(0, { high: '1.0', low: '1.2' })]);
  const nameless = folder.write('123.csv', [barsHeader, barRow(0), barRow(1)]);
  const foo = folder.write('foo.csv', [barsHeader, barRow(0), barRow(1)]);
  const backtest = (data: string, ...more: string[]): readonly string[] => [
    ...['backtest', '--strategy', 'bos-retest', '--costs', 'retail-fx', '--data', data],
    ...more,
  ];
  return [
    {
      title: 'a missing file',
      args: backtest('no.csv'),
      code: failed,
      says: /no\.csv: There is no such file\. Check/,
    },
    {
      title: 'an unknown layout',
      args: backtest(strange),
      code: failed,
      says: /strange\.csv:1: .*no known layout\. Known are/,
    },
    { title: 'an empty file', args: backtest(empty), code: failed, says: /empty\.csv:1: The file is empty/ },
    {
      title: 'only text for numbers',
      args: backtest(text),
      code: failed,
      says: /text\.csv:2: .*open is "abc"/,
    },
    { title: 'highs below lows', args: backtest(upsideDown), code: failed, says: /high\.csv:2: .*1\.2/ },
    {
      title: 'a file name without symbol',
      args: backtest(nameless),
      code: usage,
      says: /123\.csv: .*--symbol EURUSD/,
    },
    { title: 'an unknown symbol', args: backtest(foo), code: usage, says: /--symbol: .*'FOO'\. Known are/ },
    {
      title: 'symbols that do not pair up',
      args: backtest(good, '--symbol', 'A', '--symbol', 'B'),
      code: usage,
      says: /2 times --symbol/,
    },
    {
      title: 'an unknown strategy',
      args: ['backtest', '--strategy', 'gold', '--costs', 'none', '--data', good],
      code: usage,
      says: /--strategy: .*"gold"\. Use one of bos-retest/,
    },
    {
      title: 'a parameter out of range',
      args: backtest(good, '--param', 'rMultiple=-1'),
      code: usage,
      says: /parameter rMultiple: Too small: expected number to be >0\. \[R\]/,
    },
    {
      title: 'a parameter of the wrong type',
      args: backtest(good, '--param', 'swingLeft=three'),
      code: usage,
      says: /parameter swingLeft: .*expected number, received string/,
    },
    {
      title: 'an unknown parameter',
      args: backtest(good, '--param', 'luck=1'),
      code: usage,
      says: /"luck"\. Known are structure/,
    },
    {
      title: 'a parameter without value',
      args: backtest(good, '--param', 'rMultiple'),
      code: usage,
      says: /--param: "rMultiple" is no key=value/,
    },
    {
      title: 'an unknown preset',
      args: backtest(good, '--preset', 'w1-d1'),
      code: usage,
      says: /--preset: .*Use one of m5-m1, h1-m15/,
    },
    {
      title: 'unknown costs',
      args: ['backtest', '--strategy', 'sma-cross', '--data', good, '--costs', 'cheap'],
      code: usage,
      says: /--costs: .*"cheap"\. Use one of retail-fx/,
    },
    {
      title: 'a balance that is no amount',
      args: backtest(good, '--balance', '1e4'),
      code: usage,
      says: /--balance: "1e4"/,
    },
    {
      title: 'lots that are no number',
      args: backtest(good, '--lots', 'many'),
      code: usage,
      says: /--lots: "many"/,
    },
    {
      title: 'a risk in per cent',
      args: backtest(good, '--risk', '55'),
      code: 2,
      says: /--risk: "55" is more than all/,
    },
    {
      title: 'a risk and lots',
      args: backtest(good, '--risk', '0.01', '--lots', '0.2'),
      code: 2,
      says: /'--risk <fraction>' cannot be used with option '--lots <number>'/,
    },
    {
      title: 'fewer lots than the venue takes',
      args: backtest(good, '--lots', '0.001'),
      code: failed,
      says: /0\.001 lots, but the venue takes 0\.01/,
    },
    {
      title: 'a day that does not exist',
      args: backtest(good, '--from', '2022-13-01'),
      code: usage,
      says: /--from: "2022-13-01"/,
    },
    {
      title: 'an end before the beginning',
      args: backtest(good, '--from', '2022-02-01', '--to', '2022-01-01'),
      code: usage,
      says: /--from 2022-02-01 is not before --to 2022-01-01/,
    },
    {
      title: 'a report where there is no folder',
      args: backtest(good, '--report', '/no/such/folder/out.html'),
      code: failed,
      says: /folder: There is no such file or folder/,
    },
    {
      title: 'a wrong choice',
      args: backtest(good, '--replies', 'never'),
      code: usage,
      says: /'never' is invalid\. Allowed choices are sync, async\. See/,
    },
    {
      title: 'an unknown option',
      args: backtest(good, '--profit'),
      code: usage,
      says: /unknown option '--profit'/,
    },
    { title: 'an unknown command', args: ['trade'], code: usage, says: /unknown command 'trade'/ },
    {
      title: 'a missing option',
      args: ['bars', '--data', good],
      code: usage,
      says: /'--timeframe <name>' not specified/,
    },
    {
      title: 'a bad timeframe',
      args: ['bars', '--data', good, '--timeframe', 'M7'],
      code: usage,
      says: /--timeframe: "M7" is not a timeframe\. Use one of S1/,
    },
    {
      title: 'bars that are finer than the data',
      args: ['bars', '--data', good, '--timeframe', 'S5'],
      code: failed,
      says: /M1 bar .* does not fit into S5 bars/,
    },
    {
      title: 'two formats at once',
      args: ['bars', '--data', good, '--timeframe', 'M5', '--csv', '--json-lines'],
      code: usage,
      says: /exclude each other/,
    },
    { title: 'a seed that is no number', args: ['demo', '--seed', 'x'], code: usage, says: /--seed: "x"/ },
    {
      title: 'a seed for real data',
      args: ['demo', '--seed', '1', '--data', good],
      code: usage,
      says: /Choose one/,
    },
  ];
};
