import { placesIn, withValueAt, type OpenApi, type Operation } from './document.js';
import type { MadeRequest, RequestMaker } from './maker.js';
import type { Random } from './random.js';

/** A request with what goes below its body, to be sent as it is. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A made request with what a fuzzer does to it; `raw` goes in place of its body. */
interface Changed extends MadeRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly raw?: string;
}

/** Values nobody means. */
const ODD: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    2_147_483_648,
    9_007_199_254_740_991,
    '',
    ' ',
    'NaN',
    '-0.001',
    '99999999999.999',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    { a: 1 },
    'a\u0000b',
    '\ud800',
    '\u202e',
    '٣',
    "'; drop table x; --",
    '%_\\',
    '../../etc/passwd',
  ],
  ...[
    '1e400',
    '0x10',
    '2026-02-31',
    '9999-12-31',
    '0001-01-01',
    '2026-12-31T23:59:60Z',
    'x'.repeat(300),
    '🧪'.repeat(200),
  ],
];

const ODD_BODIES: readonly string[] = [
  '',
  '[]',
  'null',
  '{',
  '{"a":1e400}',
  '{"__proto__":{}}',
  '"x"',
  '{"a":'.repeat(3000),
];
const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'x-branch-id': '999999' },
  { 'x-branch-id': "1'" },
  { 'idempotency-key': 'x'.repeat(201) },
  { authorization: 'Bearer nothing' },
  { authorization: 'Basic YTpi' },
  { accept: 'application/xml' },
  { 'if-none-match': '*' },
  { range: 'bytes=0-1,5-9' },
  { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' },
  { expect: '200-ok' },
];

/** Makes requests that are valid, nearly valid, and not at all, as a seed has it. */
export class Fuzzer {
  private keys = 0;

  constructor(
    private readonly document: OpenApi,
    private readonly operations: readonly Operation[],
    private readonly maker: RequestMaker,
    private readonly random: Random,
  ) {}

  next(token: string): FuzzRequest & { readonly operation: Operation } {
    const operation = this.random.pick(this.operations);
    const made = this.maker.request(operation);
    const kind = this.random.next();
    const changed: Changed =
      kind < 0.5 ? made : kind < 0.85 ? this.mutated(operation, made) : this.hostile(made);
    const isWrite = operation.method !== 'GET';
    const body = changed.raw ?? (changed.body === undefined ? undefined : JSON.stringify(changed.body));
    return {
      operation,
      method: changed.method,
      path: changed.url,
      headers: {
        authorization: `Bearer ${token}`,
        ...(isWrite && this.random.chance(0.2)
          ? { 'idempotency-key': `fuzz-${this.random.seed}-${(this.keys += 1)}` }
          : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(changed.headers ?? {}),
      },
      ...(body === undefined ? {} : { body }),
    };
  }

  private mutated(operation: Operation, made: MadeRequest): Changed {
    if (operation.body === undefined || made.body === undefined)
      return { ...made, url: this.oddUrl(made.url) };
    let body: unknown = made.body;
    for (let changes = this.random.whole(1, 2); changes > 0; changes--) {
      const places = placesIn(this.document, operation.body, body);
      body = withValueAt(body, this.random.pick(places).path, this.random.pick(ODD));
    }
    return { ...made, body };
  }

  private oddUrl(url: string): string {
    const [path = '', query] = url.split('?');
    const odd = encodeURIComponent(
      String(this.random.pick(ODD.filter((value) => typeof value !== 'string' || value.isWellFormed()))),
    );
    if (query === undefined || this.random.chance(0.3)) return path.replace(/\d+/, odd);
    const parts = query.split('&');
    const at = this.random.whole(0, parts.length - 1);
    parts[at] = `${parts[at]?.split('=')[0] ?? ''}=${odd}`;
    return `${path}?${parts.join('&')}`;
  }

  private hostile(made: MadeRequest): Changed {
    switch (this.random.whole(0, 3)) {
      case 0:
        return { ...made, raw: this.random.pick(ODD_BODIES) };
      case 1:
        return { ...made, headers: this.random.pick(ODD_HEADERS) };
      case 2:
        return {
          ...made,
          method: this.random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
        };
      default:
        return {
          ...made,
          url: this.random.pick([
            `${made.url}/`,
            `${made.url}?a=1&a=2`,
            made.url.toUpperCase(),
            `${made.url}%00`,
            made.url.replace('/api/', '/api//'),
          ]),
        };
    }
  }
}
