import { costPresets } from '@mikrobot/matching';
import { qualitySection } from '@mikrobot/quality';
import { strategies } from '@mikrobot/strategies';
import { type Command, Option } from 'commander';
import { type BacktestCommandOptions, planOf } from '../backtest/options.js';
import { runBacktest } from '../backtest/run.js';
import { jsonOf, summaryOf } from '../backtest/summary.js';
import { contradiction, decisionsOf } from '../backtest/tally.js';
import { addDataOptions, collect } from '../data-options.js';
import { exitCodes } from '../failures.js';
import { type Io, say } from '../io.js';
import { ProgressBar } from '../output/progress-bar.js';
import { checkReport, writeReport } from '../output/report-file.js';

const run = async (options: BacktestCommandOptions, io: Io): Promise<number> => {
  const plan = planOf(options);
  if (options.report !== undefined) await checkReport(options.report);
  const progress = new ProgressBar(io.err);
  const done = await runBacktest(plan, progress.update).finally(() => progress.end());
  if (options.report !== undefined) {
    const title = `${options.strategy} on ${done.result.instruments.map(({ symbol }) => symbol).join(', ')}`;
    const sections = done.quality === undefined ? [] : [qualitySection(done.quality)];
    await writeReport(options.report, done.result, { title, sections });
  }
  if (options.json) say(io.out, JSON.stringify(jsonOf(done)));
  else {
    for (const line of summaryOf(done)) say(io.out, line);
    if (options.report !== undefined) say(io.out, `\nReport: ${options.report}`);
  }
  const wrong = contradiction(decisionsOf(done.result), done.tally);
  if (wrong === undefined) return exitCodes.ok;
  say(
    io.err,
    `error: the counts of this run contradict each other: ${wrong}. Do not trust it, and report it.`,
  );
  return exitCodes.failed;
};

/** `mikrobot backtest`: a strategy on files of market data. */
export const addBacktest = (program: Command, io: Io, exit: (code: number) => void): void => {
  const command = program
    .command('backtest')
    .summary('run a strategy on files of market data')
    .description('Runs a strategy on market data, with costs, and prints what came of it.')
    .requiredOption('--strategy <name>', `strategy to run: ${Object.keys(strategies).join(', ')}`);
  addDataOptions(command)
    .addOption(
      new Option('--param <key=value>', 'parameter of the strategy; give it again for more').argParser(
        collect,
      ),
    )
    .option('--preset <name>', 'set of parameters that the strategy is published with, such as h1-m15')
    .option(
      '--costs <name>',
      `cost model: ${Object.keys(costPresets).join(', ')} (default: what is typical of the instrument)`,
    )
    .option('--balance <amount>', 'balance at the start', '10000')
    .option('--currency <name>', 'currency of the account', 'USD')
    .option('--lots <number>', 'lots of each entry', '0.1')
    .addOption(
      new Option(
        '--risk <fraction>',
        'size each entry by its stop to lose so much of the balance (0.0055 is 0.55 %), behind conservative limits',
      ).conflicts('lots'),
    )
    .option('--from <time>', 'begin here: UTC, 2022-08-15 or 2022-08-15T07:00')
    .option('--to <time>', 'end before this')
    .option('--json', 'print one JSON object and nothing else')
    .option('--report <file>', 'write a page of HTML with everything')
    .addOption(
      new Option('--replies <how>', 'how the venue answers').choices(['sync', 'async']).default('sync'),
    )
    .addOption(
      new Option('--brackets <who>', 'who keeps stops and targets: the venue, or (none) the bot')
        .choices(['native', 'none'])
        .default('native'),
    )
    .addOption(
      new Option('--mode <mode>', 'how the account books positions')
        .choices(['netting', 'hedging'])
        .default('netting'),
    )
    .addOption(
      new Option(
        '--quality <what>',
        "measure the bot's own process: watch it, pause entries when it is out of control, or leave it off",
      )
        .choices(['watch', 'pause', 'off'])
        .default('watch'),
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ mikrobot backtest --strategy bos-retest --data eurusd_m1.csv.gz --costs retail-fx --report out.html',
    )
    .action(async (options: BacktestCommandOptions) => exit(await run(options, io)));
};
