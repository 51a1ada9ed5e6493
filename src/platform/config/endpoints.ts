import { isIPv6 } from 'node:net';

/** Where a server listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** More are taken for a mistake: each is asked every second by every server. */
const MOST_ENDPOINTS = 8;
const ENDPOINT = /^(?:\[([0-9a-f:.%]+)\]|([^\s:,[\]/]+|\/[^\s:,]*))(?::(\d{1,5}))?$/i;

export const endpointText = ({ host, port }: Endpoint): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Reads `host[:port],…`; a host may be the folder of a socket. An IPv6 address stands in brackets where a port is named. Undefined where it is no such list, is too long, or names
 * one twice.
 */
export function parseEndpoints(text: string, defaultPort: number): Endpoint[] | undefined {
  const found: Endpoint[] = [];
  for (const part of text.split(',')) {
    const word = part.trim();
    const match = ENDPOINT.exec(word);
    const host = isIPv6(word) ? word : (match?.[1] ?? match?.[2]);
    const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
    if (host === undefined || port < 1 || port > 65_535) return undefined;
    found.push({ host, port });
  }
  const isClear = new Set(found.map(endpointText)).size === found.length;
  return isClear && found.length <= MOST_ENDPOINTS ? found : undefined;
}
