#!/usr/bin/env node
import { runCli } from './cli.js';
import { exitCodes, failureOf } from './failures.js';
import { failLoudly } from './unhandled.js';

const { stdout, stderr } = process;

failLoudly({ out: stdout, err: stderr }, (code) => process.exit(code));

// `mikrobot bars … | head` closes the pipe when it has enough: that is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  stderr.write(`${failureOf(error).line}\n`);
  process.exit(exitCodes.failed);
});

process.exitCode = await runCli(process.argv.slice(2), { out: stdout, err: stderr });
