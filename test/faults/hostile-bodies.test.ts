// trust.md T33, T36, T37, T40 on every route that takes a body, each field in turn, from the OpenAPI document: over real sockets.
import { expect, it, vi } from 'vitest';

import { eachOf, type RawAnswer } from '../support/fuzz/client.js';
import {
  isText,
  placesIn,
  typesOf,
  valueAt,
  withValueAt,
  type Operation,
  type Place,
} from '../support/fuzz/document.js';
import { faultOf } from '../support/fuzz/judge.js';
import { nameOf, useListeningShop } from '../support/fuzz/listening-shop.js';
import { some } from './harness/profile.js';

const shop = useListeningShop();
const AT_ONCE = 6;
// Thousands of calls: what is stuck is ended, what is slow is not.
vi.setConfig({ testTimeout: 600_000 });

interface BodyCase {
  readonly operation: Operation;
  readonly url: string;
  readonly body: unknown;
  readonly places: readonly Place[];
}

/** A body with everything in it for every operation that takes one. */
function cases(): BodyCase[] {
  return shop.operations.flatMap((operation): BodyCase[] => {
    if (operation.body === undefined) return [];
    const body = shop.maker.value(operation.body);
    const places = placesIn(shop.document, operation.body, body);
    return [{ operation, url: shop.maker.pathOf(operation), body, places }];
  });
}

const send = (one: BodyCase, body: unknown): Promise<RawAnswer> =>
  shop.client.json(one.operation.method, one.url, shop.token, body);

/** Protocols of others, which say that what one does not know is passed over: CDS Hooks and FHIR have hostile tests of their own. */
const isForeign = ({ operation }: BodyCase): boolean =>
  /^\/api\/(?:cds-services|fhir)\b/.test(operation.path);

/** Secrets are compared and files are read, neither is stored nor shown: a refusal says by other words what is wrong with them. */
const isSecret = (path: Place['path']): boolean =>
  /password|username|^(?:otp|pin|code|content)$/i.test(String(path.at(-1)));

/** True for a 400 that names the field, or the choice of several shapes it stands in. */
function isRefusedByName(answer: RawAnswer, at: Place['path']): boolean {
  if (answer.status !== 400) return false;
  const pointer = at.map((step) => `/${step}`).join('');
  const { errors = [] } = JSON.parse(answer.body) as { errors?: { pointer: string }[] };
  return errors.some((error) => pointer === error.pointer || pointer.startsWith(`${error.pointer}/`));
}

const isRefused = (one: BodyCase, answer: RawAnswer, at: Place['path']): boolean =>
  isForeign(one) || isSecret(at) ? answer.status >= 400 || isForeign(one) : isRefusedByName(answer, at);

const placeOf = (one: BodyCase, at: Place['path'] = []): string =>
  `${nameOf(one.operation)} /${at.join('/')}`;

const told = (one: BodyCase, at: Place['path'], answer: RawAnswer): string =>
  `${placeOf(one, at)}: ${answer.status} ${answer.body.slice(0, 160)}`;

/** What a parser could trip over; more of them on one route: test/e2e/bad-input.e2e.test.ts. */
const BROKEN: readonly (readonly [what: string, body: string | Buffer, type?: string])[] = [
  ['cut off', '{"a": "b'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ['a prototype', '{"__proto__": {"admin": true}}'],
  ['20,000 deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['text', '{}', 'text/plain'],
  ['a form', 'a=b', 'application/x-www-form-urlencoded'],
];

it('T33 JSON that is none, or comes as something else, is refused on every route that takes a body', async () => {
  const wrong: string[] = [];
  await eachOf(cases(), AT_ONCE, async (one) => {
    for (const [what, body, type = 'application/json'] of some(BROKEN, 2, placeOf(one))) {
      const answer = await shop.client.send({
        method: one.operation.method,
        path: one.url,
        headers: { authorization: `Bearer ${shop.token}`, 'content-type': type },
        body,
      });
      const fault = faultOf(answer) ?? ([400, 413, 415].includes(answer.status) ? undefined : 'was taken');
      if (fault !== undefined) wrong.push(`${what}: ${fault}: ${told(one, [], answer)}`);
    }
    for (const value of some([[], null, 'text'], 1, placeOf(one))) {
      const answer = await send(one, JSON.stringify(value));
      const fault = faultOf(answer) ?? (answer.status === 400 ? undefined : 'was taken');
      if (fault !== undefined) wrong.push(`${JSON.stringify(value)}: ${fault}: ${told(one, [], answer)}`);
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
});

it('T33 of a key that stands twice the last counts, as JSON.parse has it, and a mark of byte order is passed over', async () => {
  const post = (body: string | Buffer): Promise<RawAnswer> =>
    shop.client.send({
      method: 'POST',
      path: '/api/auth/login',
      headers: { 'content-type': 'application/json' },
      body,
    });
  const twice = await post('{"username":"nobody","username":7,"password":"a long enough password"}');
  expect(twice.status).toBe(400);
  expect(twice.body).toContain('/username');
  expect((await post('{"username":7,"username":"nobody","password":"a long enough password"}')).status).toBe(
    401,
  );
  expect((await post('\ufeff{"username":"nobody","password":"a long enough password"}')).status).toBe(401);
});

/** Words people could mean; the last is longer than any field that would show it. */
const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['Arabic', 'قرص واحد يومياً بعد الأكل'],
  ['both directions', 'خذ 500 mg من Amoxabel® كل ٨ ساعات'],
  ['an override of direction', 'abc\u202egnp.exe'],
  ['isolates and marks', '\u2067עברית\u2069 \u200eabc\u200f'],
  ['zero width', 'a\u200bb\u200cc\u200dd\ufeffe'],
  ['emoji', '👩🏽‍⚕️💊 ☠️'],
  ['markup', '<img src=x onerror=alert(1)>&amp;"\'`{{7*7}}${7*7}'],
  ['quotes and slashes', `O'Brien \\ "x" -- /* */ ; %00 %s`],
];

/** NUL, half a surrogate pair, and ten thousand marks on one letter. */
const UNTAKEN = ['a\u0000b', 'a\ud800b', `a${'\u0301'.repeat(10_000)}`];

it('T36 every text field refuses NUL and half surrogate pairs, by name, and 10,000 marks on one letter', async () => {
  const wrong: string[] = [];
  let fields = 0;
  await eachOf(cases(), AT_ONCE, async (one) => {
    for (const { path, schema } of one.places) {
      if (!isText(schema)) continue;
      fields += 1;
      for (const text of some(UNTAKEN, 1, placeOf(one, path))) {
        const answer = await send(one, withValueAt(one.body, path, text));
        const fault =
          faultOf(answer) ?? (isRefused(one, answer, path) ? undefined : 'was not refused by name');
        if (fault !== undefined)
          wrong.push(`${JSON.stringify(text.slice(0, 4))} ${fault}: ${told(one, path, answer)}`);
      }
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(fields).toBeGreaterThan(300);
});

it('T36 every text field keeps what it takes as it came', async () => {
  const wrong: string[] = [];
  const kept = new Set<string>();
  await eachOf(cases(), AT_ONCE, async (one) => {
    const texts = one.places.filter(
      // Routes of a rule are compared whatever their case, and kept in small letters.
      ({ schema, path }) =>
        isText(schema) &&
        !/^(?:username|password)$/.test(String(path.at(-1))) &&
        !/^[ab]Routes$/.test(String(path.at(-2))),
    );
    if (texts.length === 0) return;
    for (const [what, text] of some(TEXTS, 2, placeOf(one))) {
      const body = texts.reduce(
        (made, { path, schema }) => withValueAt(made, path, text.slice(0, schema.maxLength)),
        one.body,
      );
      const answer = await send(one, body);
      const fault = faultOf(answer);
      if (fault !== undefined) wrong.push(`${what}: ${fault}: ${told(one, [], answer)}`);
      if (answer.status >= 300 || !/json/.test(answer.headers['content-type'] ?? '')) continue;
      const stored: unknown = JSON.parse(answer.body);
      for (const { path } of texts) {
        const back = valueAt(stored, path);
        if (typeof back !== 'string') continue;
        kept.add(`${nameOf(one.operation)} ${path.join('/')}`);
        if (back !== valueAt(body, path))
          wrong.push(`${what}: came back as ${JSON.stringify(back)}: ${told(one, path, answer)}`);
      }
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(kept.size).toBeGreaterThan(10);
});

/** True for amounts, quantities and counts that are written as text. */
const isDecimalText = ({ schema }: Place): boolean =>
  typesOf(schema).includes('string') &&
  schema.pattern !== undefined &&
  /^\^-?\\?\+?(?:\(\d|\\d\{1,\d+\}\()/.test(schema.pattern);
const isNumber = ({ schema }: Place): boolean =>
  typesOf(schema).some((type) => type === 'integer' || type === 'number');

const EDGES = ['-1', '0', '2147483648'];

it('T37 a number that is none, is not whole, too large or of another type is refused by name', async () => {
  const wrong: string[] = [];
  let fields = 0;
  await eachOf(cases(), AT_ONCE, async (one) => {
    for (const place of one.places) {
      const values = isNumber(place)
        ? ['"1"', '1.5', '9007199254740993', 'true', '[1]']
        : isDecimalText(place)
          ? ['1', '"NaN"', '"1e3"', '"٣"', '"99999999999999999999"', '[]']
          : [];
      if (values.length > 0) fields += 1;
      for (const value of some(values, 2, placeOf(one, place.path))) {
        const marked = JSON.stringify(withValueAt(one.body, place.path, '@number@'));
        const answer = await send(one, marked.replace('"@number@"', value));
        const isFraction = value === '1.5' && typesOf(place.schema).includes('number');
        const fault =
          faultOf(answer) ??
          (isRefused(one, answer, place.path) || isFraction ? undefined : 'was not refused by name');
        if (fault !== undefined) wrong.push(`${value} ${fault}: ${told(one, place.path, answer)}`);
      }
      for (const value of isNumber(place) ? some(EDGES, 1, placeOf(one, place.path)) : []) {
        const marked = JSON.stringify(withValueAt(one.body, place.path, '@number@'));
        const answer = await send(one, marked.replace('"@number@"', value));
        const fault = faultOf(answer);
        if (fault !== undefined) wrong.push(`${value} ${fault}: ${told(one, place.path, answer)}`);
      }
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(fields).toBeGreaterThan(300);
});

const FOREIGN_KEYS = ['branch_id', 'role', 'is_admin', 'verified_by', 'created_at', 'toString', 'valueOf'];

it('T40 a key nobody asked for is refused by name in every body and every object within', async () => {
  const wrong: string[] = [];
  let objects = 0;
  await eachOf(cases(), AT_ONCE, async (one) => {
    if (isForeign(one)) return;
    for (const { path, schema } of one.places) {
      const value = valueAt(one.body, path);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      if (typeof schema.additionalProperties === 'object') continue; // A record: its keys are data.
      objects += 1;
      const more = Object.fromEntries(FOREIGN_KEYS.map((key) => [key, 1]));
      const answer = await send(one, withValueAt(one.body, path, { ...value, ...more }));
      const isNamed =
        answer.status === 400 && FOREIGN_KEYS.every((key) => answer.body.includes(`\\"${key}\\"`));
      const fault = faultOf(answer) ?? (isNamed ? undefined : 'was not refused by name');
      if (fault !== undefined) wrong.push(`${fault}: ${told(one, path, answer)}`);
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(objects).toBeGreaterThan(200);
});

it('T40 a body that names prototypes changes no object of the process', async () => {
  for (const body of [
    '{"__proto__":{"polluted":1}}',
    '{"a":{"__proto__":{"polluted":1}}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
  ])
    expect((await shop.client.json('POST', '/api/patients', shop.token, body)).status).toBe(400);
  expect(
    (
      await shop.client.json(
        'GET',
        '/api/patients?__proto__=1&constructor=1&__proto__[polluted]=1',
        shop.token,
      )
    ).status,
  ).toBe(400);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
