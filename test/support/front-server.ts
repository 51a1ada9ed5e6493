import { createServer, request as forward, type Server } from 'node:http';

/** A server in front of the product that can have a newer service worker. */
export class FrontServer {
  isNewer = false;

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async before(target: string): Promise<FrontServer> {
    const { hostname, port } = new URL(target);
    const server = createServer((request, response) => {
      const { method, url } = request;
      // Always the whole answer, and as it can be changed: "not modified" would be about another file.
      const {
        'if-none-match': _tag,
        'if-modified-since': _since,
        'accept-encoding': _encodings,
        ...headers
      } = request.headers;
      const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
        if (url !== '/sw.js' || !front.isNewer) {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          return;
        }
        let code = '';
        answer.on('data', (chunk: Buffer) => (code += chunk.toString()));
        answer.on('end', () => {
          response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
          response.end(code.replace(/"version":"\w+"/, '"version":"newer"'));
        });
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('no port');
    const front = new FrontServer(server, `http://127.0.0.1:${bound.port}`);
    return front;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
