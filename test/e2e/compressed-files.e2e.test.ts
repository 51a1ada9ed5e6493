// What a browser loads travels compressed, as it was when the product was built.
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { anInstalledServer } from '../support/installed-server.js';
import type { ServerProcess } from '../support/server-process.js';

describe('files of the screens', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await anInstalledServer({ MEDITORY_SAMPLE: 'none' });
    await server.start();
  }, 120_000);
  afterAll(() => server.dispose(), 60_000);

  /** As it came: `fetch` would unpack it. */
  const raw = async (path: string, encodings: string): Promise<{ headers: Headers; body: Buffer }> => {
    return new Promise((resolve, reject) => {
      request(`${server.address}${path}`, { headers: { 'accept-encoding': encodings } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            headers: new Headers(answer.headers as Record<string, string>),
            body: Buffer.concat(chunks),
          }),
        );
      })
        .once('error', reject)
        .end();
    });
  };

  it('are sent in the best form a browser takes, whole, and kept for a year', async () => {
    const page = (await raw('/', 'identity')).body.toString();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    const plain = await raw(script, 'identity');
    expect(plain.headers.get('content-encoding')).toBeNull();
    for (const [encodings, encoding, unpack] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
    ] as const) {
      const { headers, body } = await raw(script, encodings);
      expect(headers.get('content-encoding')).toBe(encoding);
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      expect(headers.get('content-type')).toMatch(/javascript/);
      expect(headers.get('cache-control')).toContain('immutable');
      expect(body.length).toBeLessThan(plain.body.length / 2);
      expect(unpack(body).equals(plain.body)).toBe(true);
    }
  });

  it('are the page at every address of a screen too, never kept', async () => {
    const { headers, body } = await raw('/stock', 'br');
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('content-type')).toContain('text/html');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(brotliDecompressSync(body).toString()).toContain('<div id="root">');
  });
});
