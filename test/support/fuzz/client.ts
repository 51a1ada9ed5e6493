import http from 'node:http';
import https from 'node:https';

/** An answer as it came, its body as text. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What is sent: the path as it is, nothing put right. */
export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** Sends requests over sockets that are kept, without a browser's or library's corrections. */
export class RawClient {
  private readonly agent: http.Agent;
  private readonly base: URL;

  constructor(address: string, ca?: string, sockets = 8) {
    this.base = new URL(address);
    const options = { keepAlive: true, maxSockets: sockets };
    this.agent =
      this.base.protocol === 'https:' ? new https.Agent({ ...options, ca }) : new http.Agent(options);
  }

  send({ method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
    const { request } = this.base.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: this.base.hostname,
          port: this.base.port,
          agent: this.agent,
          method,
          path,
          headers: {
            ...headers,
            ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Sends JSON (any text in its place goes as it is) with a token. */
  json(method: string, path: string, token: string, body?: unknown): Promise<RawAnswer> {
    return this.send({
      method,
      path,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Does work for each of many, so many at a time; what one throws ends all. */
export async function eachOf<T>(
  of: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let mine = next++; mine < of.length; mine = next++) {
      const one = of[mine];
      if (one !== undefined) await work(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
