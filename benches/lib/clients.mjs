import { randomUUID } from 'node:crypto';

import { distribution } from './distribution.mjs';
import { Connection } from './http-client.mjs';

/**
 * So many clients post for so long, each its next as soon as it has an answer; `next` answers [path, body], or nothing when there
 * is no more to do. What is not answered by 201 is counted apart and not among the times.
 */
export async function posting({ port, headers, clients, seconds, next }) {
  const ms = [];
  const answers = {};
  const from = performance.now();
  const until = from + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Connection(port, headers);
      for (let command = next(); command && performance.now() < until; command = next()) {
        const at = performance.now();
        const { status } = await client.post(...command, { 'idempotency-key': randomUUID() });
        answers[status] = (answers[status] ?? 0) + 1;
        if (status === 201) ms.push(performance.now() - at);
      }
      client.close();
    }),
  );
  const perSecond = Math.round((ms.length / (performance.now() - from)) * 10_000) / 10;
  return { clients, answers, perSecond, ...distribution(ms) };
}

/** The rate with that of TPC-B at as many clients, and the ratio of the two. */
export const beside = (measured, tpcb) => ({
  ...measured,
  tpcb,
  ratio: tpcb && Math.round((measured.perSecond / tpcb) * 1000) / 1000,
});
