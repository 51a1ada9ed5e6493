import { randomUUID } from 'node:crypto';

import { ofLimit } from './bench.mjs';
import { distribution } from './distribution.mjs';
import { Connection } from './http-client.mjs';

/**
 * So many clients repeat something for so long, each its next as soon as the last is done. `open` makes a client: `once` answers
 * how it ended (what is not `done` is counted apart and not among the times), or undefined when there is no more to do.
 */
export async function repeating({ clients, seconds, done, open }) {
  const ms = [];
  const answers = {};
  const opened = await Promise.all(Array.from({ length: clients }, (_, n) => open(n)));
  const from = performance.now();
  const until = from + seconds * 1000;
  try {
    await Promise.all(
      opened.map(async ({ once }) => {
        while (performance.now() < until) {
          const at = performance.now();
          const ended = await once();
          if (ended === undefined) return;
          answers[ended] = (answers[ended] ?? 0) + 1;
          if (ended === done) ms.push(performance.now() - at);
        }
      }),
    );
    const perSecond = Math.round((ms.length / (performance.now() - from)) * 10_000) / 10;
    return { clients, answers, perSecond, ...distribution(ms) };
  } finally {
    for (const { close } of opened) await close?.();
  }
}

/** So many clients post for so long; `next` answers [path, body], or nothing when there is no more to do. Done is what was answered by 201. */
export function posting({ port, headers, clients, seconds, next }) {
  return repeating({
    clients,
    seconds,
    done: 201,
    open() {
      const client = new Connection(port, headers);
      const once = async () => {
        const command = next();
        if (!command) return undefined;
        return (await client.post(...command, { 'idempotency-key': randomUUID() })).status;
      };
      return { once, close: () => client.close() };
    },
  });
}

/** What was measured at so many clients as a figure, with its share of the rate of the limit and what it cost the processor. */
export function rateFigure(of, { clients, answers, ...measured }, { done = 201, limit, processor } = {}) {
  const refused = Object.entries(answers).reduce(
    (sum, [ended, n]) => sum + (ended === String(done) ? 0 : n),
    0,
  );
  return {
    of,
    at: clients,
    ...measured,
    ...(limit && { ratio: ofLimit.rate(limit, measured.perSecond) }),
    ...(processor && { serverMs: processor.server, postgresMs: processor.postgres }),
    ...(refused > 0 && { refused }),
  };
}
