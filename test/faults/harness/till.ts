import { request } from 'node:http';

import type { Intent, Journal, Reply } from './journal.js';

/** So long a till waits for one answer. */
const ATTEMPT_MS = 20_000;

/** What may stand between a till and the server. */
export interface Door {
  readonly address: string;
}

/** Sends one command on a connection of its own; the caller hears the error where it was cut off. */
export function post(
  door: Door,
  token: string,
  path: string,
  body: object,
  key: string | undefined,
): Promise<Omit<Reply, 'key'>> {
  const payload = JSON.stringify(body);
  const sentAt = Date.now();
  return new Promise((resolve, reject) => {
    const asking = request(`${door.address}/api${path}`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
    });
    asking.setTimeout(ATTEMPT_MS, () => asking.destroy(new Error('no answer in time')));
    asking.once('error', reject);
    asking.once('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (text += chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        if (!answer.complete) return reject(new Error('the answer was cut off'));
        resolve({
          status: answer.statusCode ?? 0,
          contentType: String(answer.headers['content-type'] ?? ''),
          retryAfter: answer.headers['retry-after'],
          body: text,
          sentAt,
          at: Date.now(),
        });
      });
    });
    asking.end(payload);
  });
}

/** One attempt of a till, written into its book. Undefined where nothing came back; `refused` where nobody was there to hear it. */
export async function attempt(
  door: Door,
  journal: Journal,
  token: string,
  { key, path, body }: Intent,
): Promise<Reply | 'refused' | undefined> {
  try {
    const reply = { key, ...(await post(door, token, path, body, key)) };
    journal.reply(reply);
    return reply;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    journal.cutOff(key, why);
    return why === 'ECONNREFUSED' ? 'refused' : undefined;
  }
}
