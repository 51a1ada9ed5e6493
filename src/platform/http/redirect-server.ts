import { createServer, type Server } from 'node:http';

/** A name or an address as browsers send it: nothing else is put into an address we send them to. */
const HOST = /^(?<name>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * Listens for plain HTTP beside HTTPS. A page is answered by where it is served; a call of the API is refused, since a
 * program that sends secrets in the clear must not be led on without anybody noticing. Nothing of a request is read but
 * its first lines.
 */
export async function redirectToHttps(options: {
  readonly port: number;
  readonly host: string;
  readonly httpsPort: number;
}): Promise<Server> {
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 5_000, keepAliveTimeout: 1, maxHeaderSize: 8192 },
    (request, response) => {
      const path = request.url ?? '/';
      const name = HOST.exec(request.headers.host ?? '')?.groups?.['name'];
      const isPage = request.method === 'GET' && path.startsWith('/') && !/^\/+api(?:\/|$)/i.test(path);
      response.setHeader('connection', 'close');
      response.setHeader('cache-control', 'no-store');
      if (!isPage || name === undefined) {
        response.writeHead(403, { 'content-type': 'application/problem+json; charset=utf-8' });
        response.end(
          JSON.stringify({
            type: '/problems/https-required',
            title: 'Use HTTPS',
            status: 403,
            detail: `This server answers by HTTPS alone, on port ${options.httpsPort}.`,
          }),
        );
        return;
      }
      const port = options.httpsPort === 443 ? '' : `:${options.httpsPort}`;
      // Only where the host is this server: two slashes at the beginning would name another.
      response.writeHead(308, { location: `https://${name}${port}/${path.replace(/^[/\\]+/, '')}` });
      response.end();
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  return server;
}
