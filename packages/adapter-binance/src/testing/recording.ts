import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const NAME = 'btcusdt_l2_raw_ws_binance_spot_2024-08-08_2354_6min.jsonl.gz';
const path = fileURLToPath(new URL(`../../../../../shared/data/${NAME}`, import.meta.url));

/** Whether the recorded socket of six minutes of BTCUSDT lies beside the repository; says so when it does not. */
export const hasRecording = (): boolean => {
  const there = existsSync(path);
  if (!there) console.info(`skipped: ../shared/data/${NAME} is not there`);
  return there;
};

/** Raw messages as they came from the socket, in their order; one of them is the snapshot of the book by REST. */
export const recordedMessages = (): readonly string[] =>
  gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.slice(line.indexOf(' ') + 1));
