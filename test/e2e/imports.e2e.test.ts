// Catalogue releases over HTTP: upload, progress, diff, rejects, apply, revert, drop, and who may.
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { describe, expect, it, vi } from 'vitest';

import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp\n';
const FILE = `${HEADER}ZEDOL 500 MG 20 TABS.,,PARACETAMOL,GSK,ANALGESIC,ORAL.SOLID,40\nZEDOL FORTE 1 GM 10 TABS.,,PARACETAMOL,GSK,ANALGESIC,ORAL.SOLID,free\n`;
const BOUNDARY = 'xxBOUNDARYxx';

interface Report {
  status: string;
  failure: string | null;
  rowsRead: number;
  rowsInserted: number;
  isRevertible: boolean;
  files: Array<{ name: string; rowsRead: number; rowsApplied: number; rowsRejected: number }>;
  rejects: Array<{ reason: string; count: number }>;
  progress: { phase: string } | null;
  impact: { patients: number } | null;
}

/** A multipart body: fields, and files with their names. */
function form(
  fields: Record<string, string>,
  files: ReadonlyArray<readonly [name: string, content: string]>,
): Buffer {
  const parts = [
    ...Object.entries(fields).map(
      ([name, value]) =>
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    ...files.map(
      ([name, content]) =>
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n`,
    ),
  ];
  return Buffer.from(`${parts.join('')}--${BOUNDARY}--\r\n`);
}

const FORM = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

describe('imports over HTTP', () => {
  const { db, call } = useTestApp();
  const admin = () => aWorldFor(db, 'administrator');

  async function upload(token: string, body: Buffer) {
    return call<{ releaseId: number; code: string; detail: string }>('POST', '/reference/imports', {
      token,
      body,
      headers: FORM,
    });
  }

  async function until(token: string, id: number, wanted: string[]): Promise<Report> {
    for (let attempt = 0; attempt < 300; attempt++) {
      const { body } = await call<Report>('GET', `/reference/imports/${id}`, { token });
      if (wanted.includes(body.status)) return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the release did not get there');
  }

  const uploadsLeft = async (): Promise<string[]> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('meditory-upload-'));

  it('uploads, previews, applies and takes back a release', async () => {
    const { token } = await admin();
    const started = await upload(token, form({ source: 'egypt' }, [['list.csv', FILE]]));
    expect(started.status).toBe(202);
    const { releaseId } = started.body;
    const staged = await until(token, releaseId, ['staged', 'failed']);
    expect(staged).toMatchObject({
      status: 'staged',
      failure: null,
      rowsInserted: 1,
      files: [{ name: 'list.csv', rowsRead: 2, rowsApplied: 1, rowsRejected: 1 }],
      rejects: [{ count: 1 }],
      impact: { patients: 0 },
    });
    const rejects = await call('GET', `/reference/imports/${releaseId}/rejects?limit=1`, { token });
    expect(rejects.body).toMatchObject({
      meta: { total: 1 },
      data: [{ file: 'list.csv', line: 3, column: 'price_egp', value: 'free' }],
    });
    const changes = await call('GET', `/reference/imports/${releaseId}/changes?kind=new`, { token });
    expect(changes.body).toMatchObject({
      meta: { total: 1 },
      data: [{ kinds: ['new'], name: 'ZEDOL 500 MG 20 TABS.' }],
    });

    expect((await call('POST', `/reference/imports/${releaseId}/apply`, { token, body: {} })).status).toBe(
      202,
    );
    expect(await until(token, releaseId, ['applied'])).toMatchObject({ isRevertible: true });
    // While indexes and statistics are tidied after the commit, an import is still at work.
    await vi.waitFor(
      async () =>
        expect(
          await call('POST', `/reference/imports/${releaseId}/apply`, { token, body: {} }),
        ).toMatchObject({
          status: 409,
          body: { type: expect.stringMatching(/release-not-ready/) as string },
        }),
      { timeout: 10_000 },
    );

    expect((await call('POST', `/reference/imports/${releaseId}/revert`, { token, body: {} })).status).toBe(
      202,
    );
    await until(token, releaseId, ['reverted']);
    const { rows } = await db.owner.query("select count(*) as n from reference.drugs where source = 'egypt'");
    expect(rows).toEqual([{ n: 0 }]);
    const list = await call('GET', '/reference/imports?source=egypt', { token });
    expect(list.body).toMatchObject({ data: [{ releaseId, status: 'reverted' }] });
    // The folder goes once the work has ended, a moment after the release says so.
    await vi.waitFor(async () => expect(await uploadsLeft()).toEqual([]), { timeout: 10_000 });
  });

  it('takes a mapping with the files, and drops a staged release', async () => {
    const { token } = await admin();
    const mapping = {
      source: 'pricelist',
      title: 'A price list',
      licence: 'own',
      format: { kind: 'csv', encoding: 'utf-8', delimiter: ';', quote: '"' },
      columns: { name: 'name', price: 'price', sourceId: 'id' },
      idFields: ['sourceId'],
      price: { pattern: '^\\d+(\\.\\d+)?$', maximum: '1000000' },
    };
    const body = form({ source: 'csv', mapping: JSON.stringify(mapping) }, [
      ['p.csv', 'id;name;price\n1;A 10 TABS;5\n'],
    ]);
    const { releaseId } = (await upload(token, body)).body;
    expect(await until(token, releaseId, ['staged', 'failed'])).toMatchObject({
      status: 'staged',
      rowsInserted: 1,
    });
    expect((await call('DELETE', `/reference/imports/${releaseId}`, { token })).status).toBe(204);
    expect(await until(token, releaseId, ['dropped'])).toMatchObject({ rowsInserted: 1 });
    expect((await call('DELETE', `/reference/imports/${releaseId}`, { token })).status).toBe(409);
  });

  it.each<[string, Record<string, string>, ReadonlyArray<readonly [string, string]>, number, RegExp]>([
    ['a source there is not', { source: 'mars' }, [['a.csv', FILE]], 422, /no source mars/],
    ['no file', { source: 'egypt' }, [], 422, /takes 1 to/],
    ['a mapping that is no JSON', { source: 'csv', mapping: '{' }, [['a.csv', FILE]], 400, /not JSON/],
    ['a mapping that is not usable', { source: 'csv', mapping: '{}' }, [['a.csv', FILE]], 422, /not usable/],
    [
      'a file the source does not know',
      { source: 'egypt' },
      [['a.pdf', '%PDF-1.4']],
      422,
      /PDF document|none of the files/,
    ],
    ['an empty file', { source: 'egypt' }, [['a.csv', '']], 422, /is empty/],
  ])('refuses %s at once and leaves nothing', async (_what, fields, files, status, reason) => {
    const { token } = await admin();
    const answer = await upload(token, form(fields, files));
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toMatch(reason);
    // The folder goes once the work has ended, a moment after the release says so.
    await vi.waitFor(async () => expect(await uploadsLeft()).toEqual([]), { timeout: 10_000 });
  });

  it('marks a release as failed whose file turns out to be damaged, and says why', async () => {
    const { token } = await admin();
    const { releaseId } = (
      await upload(token, form({ source: 'egypt' }, [['../../etc/a.csv', `${FILE}"open`]]))
    ).body;
    expect(await until(token, releaseId, ['failed', 'staged'])).toMatchObject({
      status: 'failed',
      failure: expect.stringMatching(/^a\.csv, line 4: a quote is opened/) as string,
    });
    // The folder goes once the work has ended, a moment after the release says so.
    await vi.waitFor(async () => expect(await uploadsLeft()).toEqual([]), { timeout: 10_000 });
  });

  it('lists the sources', async () => {
    const { token } = await admin();
    const { body } = await call<{ data: Array<{ name: string }> }>('GET', '/reference/imports/sources', {
      token,
    });
    expect(body.data.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['egypt', 'canada-dpd', 'rxnorm-prescribable']),
    );
  });

  it('is for those who may manage the catalogue, and takes forms on this route alone', async () => {
    const pharmacist = await aWorldFor(db, 'pharmacist');
    expect((await upload(pharmacist.token, form({ source: 'egypt' }, [['a.csv', FILE]]))).status).toBe(403);
    expect((await call('GET', '/reference/imports', { token: pharmacist.token })).status).toBe(403);
    expect((await call('POST', '/reference/imports', { body: form({}, []), headers: FORM })).status).toBe(
      401,
    );
    const { token } = await admin();
    const elsewhere = await call('POST', '/reference/companies', {
      token,
      body: form({}, []),
      headers: FORM,
    });
    expect(elsewhere.status).toBe(415);
    const json = await call('POST', '/reference/imports', { token, body: { source: 'egypt' } });
    expect(json.status).toBe(400);
  });

  it('answers 404 for a release there is not', async () => {
    const { token } = await admin();
    for (const path of ['', '/rejects', '/changes'])
      expect((await call('GET', `/reference/imports/999999${path}`, { token })).status).toBe(404);
    expect((await call('POST', '/reference/imports/999999/apply', { token, body: {} })).status).toBe(404);
  });
});
