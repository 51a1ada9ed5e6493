// Releases of clinical rules over HTTP: upload, diff, rejects, what they would have fired, apply, revert, and who may.
import { describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot } from '../builders/lot.js';
import { aPatient } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const BOUNDARY = 'xxRULESxx';
const FORM = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
const HEADER = 'a,b,severity,description,management,evidence,source\n';

interface Report {
  status: string;
  ruleKind: string;
  rowsInserted: number;
  rowsRejected: number;
  rejects: { reason: string; count: number }[];
}

function form(fields: Record<string, string>, files: readonly (readonly [string, string])[]): Buffer {
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

describe('imports of rules over HTTP', () => {
  const { db, call } = useTestApp();

  const upload = (
    token: string,
    fields: Record<string, string>,
    files: readonly (readonly [string, string])[],
  ) =>
    call<{ releaseId: number; code: string; detail: string }>('POST', '/reference/rule-imports', {
      token,
      body: form(fields, files),
      headers: FORM,
    });

  async function until(token: string, id: number, wanted: string): Promise<Report> {
    for (let attempt = 0; attempt < 300; attempt++) {
      const { body } = await call<Report>('GET', `/reference/rule-imports/${id}`, { token });
      if (body.status === wanted) return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the release did not become ${wanted}`);
  }

  it('are previewed with what they would have fired, applied, and taken back, by whoever keeps the rules', async () => {
    const world = await aWorldFor(db, 'pharmacist');
    const { token, branchId } = world;
    const one = await aDrug(db, { ingredients: ['fileone'] });
    const other = await aDrug(db, { ingredients: ['fileother'] });
    await aLot(db, { branchId, drugId: one.drugId, quantity: '500' });
    for (const takes of [[other.drugId], []]) {
      const patientId = await aPatient(db, world, { takes });
      const { prescriptionId } = await aPrescription(db, world, { drugId: one.drugId, patientId });
      const filled = await call('POST', `/prescriptions/${prescriptionId}/fill`, {
        token,
        branchId,
        body: {},
      });
      expect(filled.status).toBe(201);
    }
    const file = `${HEADER}fileother,fileone,Severe,Harm from a file.,Avoid.,good,List\nfileone,=nosuch(),X,D.,M.,good,List\n`;
    const started = await upload(token, { source: 'over-http', kind: 'interactions' }, [['list.csv', file]]);
    expect(started.status).toBe(202);
    const id = started.body.releaseId;
    expect(await until(token, id, 'staged')).toMatchObject({
      ruleKind: 'interactions',
      rowsInserted: 1,
      rowsRejected: 1,
      rejects: [{ reason: 'is neither an ingredient nor a group of the catalogue', count: 1 }],
    });
    const at = `/reference/rule-imports/${id}`;
    const preview = await call('POST', `${at}/preview`, { token, branchId, body: {} });
    expect(preview).toMatchObject({
      status: 200,
      body: {
        preview: {
          judged: 2,
          before: { screenings: 0 },
          after: { screenings: 1, patients: 1, stops: 1 },
          examples: [expect.stringContaining('Harm from a file.') as unknown],
        },
      },
    });
    expect((await call('GET', `${at}/changes?change=new`, { token })).body).toMatchObject({
      data: [{ change: 'new', label: expect.stringContaining('fileone') as unknown, severityAfter: 'major' }],
      meta: { total: 1 },
    });
    expect((await call('GET', `${at}/rejects`, { token })).body).toMatchObject({ meta: { total: 1 } });
    const csv = await call<string>('GET', `${at}/rejects.csv`, { token });
    expect(csv.headers['content-type']).toMatch(/text\/csv/);
    // What a spreadsheet would take for a formula is text.
    expect(csv.body).toContain(
      "list.csv,3,b,is neither an ingredient nor a group of the catalogue,'=nosuch()",
    );

    const rules = async (): Promise<number> =>
      (await call<{ meta: { total: number } }>('GET', '/clinical/interactions?q=over-http', { token })).body
        .meta.total;
    expect(await rules()).toBe(0);
    expect((await call('POST', `${at}/apply`, { token, body: {} })).status).toBe(202);
    await until(token, id, 'applied');
    expect(await rules()).toBe(1);
    // Of a pair a set has a rule of, the pharmacy changes that one; a second rule of its own is refused.
    const own = {
      a: { ingredientId: one.ingredientIds[0] },
      b: { ingredientId: other.ingredientIds[0] },
      severity: 'minor',
      description: 'Own.',
      management: 'Ask.',
      evidence: 'suspected',
      source: 'own',
    };
    expect((await call('POST', '/clinical/interactions', { token, body: own })).status).toBe(409);
    expect((await call('POST', `${at}/preview`, { token, branchId, body: {} })).status).toBe(409);
    expect((await call('POST', `${at}/revert`, { token, body: {} })).status).toBe(202);
    await until(token, id, 'reverted');
    expect(await rules()).toBe(0);
    expect((await call('GET', '/reference/rule-imports?source=over-http', { token })).body).toMatchObject({
      data: [{ releaseId: id, status: 'reverted' }],
    });
    expect((await call('DELETE', at, { token })).status).toBe(409);
  });

  it.each<[string, Record<string, string>, readonly (readonly [string, string])[], number]>([
    ['no file', { source: 'x' }, [], 400],
    [
      'two files',
      { source: 'x' },
      [
        ['a.csv', HEADER],
        ['b.csv', HEADER],
      ],
      400,
    ],
    ['no source', {}, [['a.csv', HEADER]], 422],
    ['the starter set', { source: 'starter' }, [['a.csv', HEADER]], 422],
    ['a kind there is not', { source: 'x', kind: 'herbs' }, [['a.csv', HEADER]], 422],
    ['a mapping that is no JSON', { source: 'x', mapping: '{' }, [['a.csv', HEADER]], 400],
    ['a mapping that is no object', { source: 'x', mapping: '[1]' }, [['a.csv', HEADER]], 422],
    ['a picture', { source: 'x' }, [['a.csv', '%PDF-1.7']], 422],
  ])('with %s is refused', async (_, fields, files, status) => {
    const { token } = await aWorldFor(db, 'pharmacist');
    expect((await upload(token, fields, files)).status).toBe(status);
  });

  it('are not for whoever does not keep the rules, nor through the catalogue’s door', async () => {
    const pharmacist = await aWorldFor(db, 'pharmacist');
    const clerk = await aWorldFor(db, 'inventory clerk');
    const admin = await aWorldFor(db, 'administrator');
    const file = `${HEADER}paracetamol,lactulose,minor,D.,M.,good,List\n`;
    expect((await upload(clerk.token, { source: 'door' }, [['a.csv', file]])).status).toBe(403);
    const { body } = await upload(pharmacist.token, { source: 'door' }, [['a.csv', file]]);
    const { token } = pharmacist;
    for (let attempt = 0; attempt < 300; attempt++) {
      const { body: seen } = await call<Report>('GET', `/reference/rule-imports/${body.releaseId}`, {
        token,
      });
      if (seen.status !== 'reading') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const path of ['', '/rejects', '/changes'])
      expect(
        (await call('GET', `/reference/imports/${body.releaseId}${path}`, { token: admin.token })).status,
      ).toBe(404);
    const applied = await call('POST', `/reference/imports/${body.releaseId}/apply`, {
      token: admin.token,
      body: {},
    });
    expect(applied.status).toBe(404);
    expect((await call('GET', '/reference/rule-imports/999999', { token })).status).toBe(404);
    expect((await call('GET', '/reference/rule-imports/x', { token })).status).toBe(400);
  });
});
