import { createServer, type AddressInfo, type Server } from 'node:net';

import type { Endpoint } from '../../src/platform/config/endpoints.js';

/** The test file every scanner knows (EICAR); in two parts, so that no scanner stops at this source. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** What clamd says of a file. */
export const verdictOn = (content: Buffer): string =>
  content.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0';

/** A server that speaks clamd's INSTREAM: reads chunks to the empty one and answers what is said of all of them together. */
export class TestClamd {
  private readonly server: Server;

  private constructor(say: (content: Buffer) => string) {
    this.server = createServer((socket) => {
      let bytes = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk]);
        const content = streamed(bytes);
        if (content) socket.end(say(content));
      });
    });
  }

  static async that(say: (content: Buffer) => string = verdictOn): Promise<TestClamd> {
    const clamd = new TestClamd(say);
    await new Promise<void>((resolve) => clamd.server.listen(0, '127.0.0.1', resolve));
    return clamd;
  }

  get endpoint(): Endpoint {
    return { host: '127.0.0.1', port: (this.server.address() as AddressInfo).port };
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function streamed(bytes: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0';
  if (bytes.subarray(0, command.length).toString('latin1') !== command) return undefined;
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
