import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Metrics } from './metrics.js';

const ANSWER_MS = 10_000;

/** Where metrics are answered. */
export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Answers `GET /metrics` on a port of its own, so that a door to the pharmacy is none to its figures and the other way round.
 * It asks nobody who he is: it belongs on the loopback interface or behind a firewall.
 */
export async function serveMetrics(metrics: Metrics, port: number, host: string): Promise<MetricsServer> {
  metrics.measureProcess();
  let telling: Promise<string> | undefined;
  const server = createServer(
    { requestTimeout: ANSWER_MS, headersTimeout: ANSWER_MS },
    (request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') {
        response.writeHead(404).end();
        return;
      }
      // However many ask at once, the figures are gathered once at a time.
      telling ??= metrics.text().finally(() => (telling = undefined));
      telling.then(
        (text) => {
          const type = 'text/plain; version=0.0.4; charset=utf-8';
          response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
        },
        () => response.writeHead(500).end(),
      );
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Of several processes each listens for itself.
    server.listen({ port, host, exclusive: true }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
