// Loaded into a server under test (NODE_OPTIONS=--import): on SIGUSR2 it collects garbage and tells on standard error what is left.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    process.stderr.write(`\nmemory ${rss} ${heapUsed + external}\n`);
  });
}
