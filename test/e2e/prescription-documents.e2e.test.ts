// Papers of prescriptions over HTTP: taken in before and after the prescription, shown, withdrawn, hostile files, limits.
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';

import { beforeAll, describe, expect, it } from 'vitest';

import { PrescriptionDocumentsService } from '../../src/operational/prescription-documents/prescription-documents.service.js';
import { aDrug } from '../builders/drug.js';
import { aForm, aJpeg, aPdf, aPng, aWebp, BOUNDARY, FORM } from '../builders/paper.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

const MOST_BYTES = 10 * 1024 * 1024;

interface Document {
  documentId: number;
  prescriptionId: number | null;
  mediaType: string;
  byteSize: number;
  sha256: string;
  withdrawn: { by: string; reason: string } | null;
}
interface Problem {
  type: string;
  params?: Record<string, unknown>;
  errors?: Array<{ pointer: string }>;
}

describe('papers of prescriptions over HTTP', () => {
  const { db, call, app } = useTestApp();
  let me: World;
  let drugId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    ({ drugId } = await aDrug(db));
  });

  const upload = (body: Buffer, { token } = me, path = '/prescription-documents', headers = FORM) =>
    call<Document & Problem>('POST', path, { token, body, headers });
  const uploaded = async (content: Buffer | string = aPng(), world = me): Promise<Document> => {
    const { status, body } = await upload(aForm({ content }), world);
    expect(status).toBe(201);
    return body;
  };
  const entry = async (documentIds: number[], world = me) =>
    call<{ prescriptionId: number } & Problem>('POST', '/prescriptions', {
      token: world.token,
      body: {
        patientId: await aPatient(db, world),
        drugId,
        prescriberId: await aPrescriber(db),
        quantity: '30',
        daysSupply: 30,
        sig: '1 tablet daily',
        prescribedDate: new Date().toISOString().slice(0, 10),
        documentIds,
      },
    });
  const list = (prescriptionId: number, world = me) =>
    call<{ data: Document[]; meta: { total: number } }>('GET', `/prescriptions/${prescriptionId}/documents`, {
      token: world.token,
    });
  const content = (documentId: number, world = me) =>
    app().inject({
      method: 'GET',
      url: `/api/prescription-documents/${documentId}/content`,
      headers: { authorization: `Bearer ${world.token}` },
    });
  const count = async (): Promise<number> => {
    const { rows } = await db.owner.query<{ n: number }>(
      'select count(*)::int as n from operational.prescription_document_contents',
    );
    return rows[0]?.n ?? -1;
  };

  /** Makes uploads older than a day, past the trigger that keeps them as they came. */
  async function age(documentIds: number[]): Promise<void> {
    const client = await db.owner.connect();
    try {
      await client.query('begin; set local session_replication_role = replica');
      await client.query(
        `update operational.prescription_documents set uploaded_at = now() - interval '25 hours' where document_id = any ($1)`,
        [documentIds],
      );
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  it('takes papers in first and puts them to the prescription when it is entered', async () => {
    const files = [aPng(), aPdf(), aJpeg(), aWebp()];
    const documents = await Promise.all(files.map((file) => uploaded(file)));
    expect(documents.map(({ mediaType }) => mediaType)).toEqual([
      'image/png',
      'application/pdf',
      'image/jpeg',
      'image/webp',
    ]);
    const waiting = await call<{ data: Document[] }>('GET', '/prescription-documents', me);
    const ids = documents.map(({ documentId }) => documentId);
    expect(waiting.body.data.map(({ documentId }) => documentId)).toEqual([...ids].sort((a, b) => a - b));
    const created = await entry(ids);
    expect(created.status).toBe(201);
    const { body } = await list(created.body.prescriptionId);
    expect(body.meta.total).toBe(4);
    expect(body.data.every(({ prescriptionId }) => prescriptionId === created.body.prescriptionId)).toBe(
      true,
    );
    expect((await call<{ data: Document[] }>('GET', '/prescription-documents', me)).body.data).toEqual([]);
    for (const [n, file] of files.entries()) expect((await content(ids[n] ?? 0)).rawPayload).toEqual(file);
  });

  it('sends a file as nothing but what it is, to be kept by nobody, and notes that the patient’s record was read', async () => {
    const { prescriptionId, patientId } = await aPrescription(db, me, { drugId });
    const added = await upload(
      aForm({ content: aPng(), fileName: '../../etc/passwd', type: 'text/html' }),
      me,
      `/prescriptions/${prescriptionId}/documents`,
    );
    expect(added.status).toBe(201);
    const answer = await content(added.body.documentId);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="paper-${added.body.documentId}.png"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-length': String(added.body.byteSize),
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; sandbox;/);
    expect(JSON.stringify(added.body)).not.toContain('passwd');
    const { rows } = await db.owner.query(
      `select user_id from operational.audit_logs where table_name = 'patients' and row_key = $1 and action = 'read'`,
      [String(patientId)],
    );
    expect(rows).toEqual([{ user_id: me.userId }]);
  });

  it('shows a PDF in a frame of its own pages only', async () => {
    const { headers } = await content((await uploaded(aPdf())).documentId);
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['content-security-policy']).toMatch(/default-src 'none';.*frame-ancestors 'self'$/);
  });

  it('sends a large file slice by slice, whole', async () => {
    const large = Buffer.concat([aJpeg(), Buffer.alloc(MOST_BYTES - aJpeg().length, 7)]);
    const { documentId, byteSize } = await uploaded(large);
    expect(byteSize).toBe(MOST_BYTES);
    expect((await content(documentId)).rawPayload.equals(large)).toBe(true);
  });

  it.each([
    [
      'one byte more than is taken',
      aForm({ content: Buffer.alloc(MOST_BYTES + 1, 1) }),
      413,
      'content-too-large',
    ],
    ['no bytes', aForm({ content: '' }), 422, 'document-refused'],
    [
      'an SVG',
      aForm({ content: '<svg onload="alert(1)"/>', type: 'image/svg+xml' }),
      422,
      'document-refused',
    ],
    [
      'a page said to be a JPEG',
      aForm({ content: '<!doctype html><script>1</script>' }),
      422,
      'document-refused',
    ],
    [
      'a page with a PDF behind it',
      aForm({ content: `<html>${aPdf().toString()}` }),
      422,
      'document-refused',
    ],
    ['two files', aForm({ content: aPng() }, { content: aPng() }), 413, 'content-too-large'],
    [
      'a hundred files',
      aForm(...Array.from({ length: 100 }, () => ({ content: aPng() }))),
      413,
      'content-too-large',
    ],
    ['no file', Buffer.from(`--${BOUNDARY}--\r\n`), 400, 'invalid-request'],
    ['nothing at all', Buffer.alloc(0), 400, 'invalid-request'],
    ['a form that is cut off', aForm({ content: aPng() }).subarray(0, 200), 400, 'invalid-request'],
    ['a form cut in a header', aForm({ content: aPng() }).subarray(0, 60), 400, 'invalid-request'],
    ['noise', Buffer.from('\0\xff no form'), 400, 'invalid-request'],
    [
      'a field instead of a file',
      Buffer.from(
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"\r\n\r\nx\r\n--${BOUNDARY}--\r\n`,
      ),
      400,
      'invalid-request',
    ],
    [
      'a field beside the file',
      Buffer.concat([
        Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="x"\r\n\r\nx\r\n`),
        aForm({ content: aPng() }),
      ]),
      400,
      'invalid-request',
    ],
    [
      'a file under the name of a prototype',
      Buffer.from(aForm({ content: 'x' }).toString().replace('name="file"', 'name="__proto__"')),
      400,
      undefined,
    ],
  ])('refuses %s, and keeps nothing', async (_name, body, status, code) => {
    const before = await count();
    const answer = await upload(body);
    expect(answer.status).toBe(status);
    if (code) expect(answer.body.type).toBe(`/problems/${code}`);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(await count()).toBe(before);
  });

  it('takes a form only, and only where papers are taken', async () => {
    const json = await upload(Buffer.from('{}'), me, '/prescription-documents', {
      'content-type': 'application/json',
    });
    expect(json.status).toBe(400);
    const text = await upload(aForm({ content: aPng() }), me, '/prescription-documents', {
      'content-type': 'text/plain',
    });
    expect(text.status).toBe(415);
    expect((await upload(aForm({ content: aPng() }), me, '/prescriptions')).status).toBe(415);
    const bare = { 'content-type': 'multipart/form-data' };
    expect(
      (await upload(aForm({ content: aPng() }), me, '/prescription-documents', bare)).status,
    ).toBeGreaterThanOrEqual(400);
  });

  it('keeps an upload his who made it until a prescription claims it', async () => {
    const colleague = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    const { documentId } = await uploaded();
    expect((await content(documentId, colleague)).statusCode).toBe(404);
    expect((await call('DELETE', `/prescription-documents/${documentId}`, colleague)).status).toBe(404);
    const stolen = await entry([documentId], colleague);
    expect(stolen).toMatchObject({ status: 422, body: { errors: [{ pointer: '/documentIds' }] } });
    const mine = await entry([documentId]);
    expect(mine.status).toBe(201);
    expect((await content(documentId, colleague)).statusCode).toBe(200);
    expect((await entry([documentId])).status).toBe(422);
    expect((await call('DELETE', `/prescription-documents/${documentId}`, me)).status).toBe(404);
  });

  it('leaves papers waiting where the prescription is refused', async () => {
    const { documentId } = await uploaded();
    const refused = await call('POST', '/prescriptions', {
      token: me.token,
      body: {
        patientId: 2_000_000_000,
        drugId,
        prescriberId: 1,
        quantity: '1',
        sig: 'x',
        daysSupply: 1,
        prescribedDate: '2026-01-01',
        documentIds: [documentId],
      },
    });
    expect(refused.status).toBe(404);
    expect((await entry([documentId, documentId])).status).toBe(400);
    expect((await entry([documentId, 2_000_000_000])).status).toBe(422);
    expect((await entry([documentId])).status).toBe(201);
  });

  it('shows nothing of another branch', async () => {
    const stranger = await aWorldFor(db, 'administrator');
    const { prescriptionId } = await aPrescription(db, me, { drugId });
    const path = `/prescriptions/${prescriptionId}/documents`;
    const { documentId } = (await upload(aForm({ content: aPng() }), me, path)).body;
    expect((await list(prescriptionId, stranger)).status).toBe(404);
    expect((await content(documentId, stranger)).statusCode).toBe(404);
    expect((await upload(aForm({ content: aPng() }), stranger, path)).status).toBe(404);
    const withdrawal = { ...stranger, body: { reason: 'not mine' } };
    expect((await call('POST', `/prescription-documents/${documentId}/withdraw`, withdrawal)).status).toBe(
      404,
    );
  });

  it('hides a withdrawn paper and says who withdrew it and why', async () => {
    const { prescriptionId } = await aPrescription(db, me, { drugId });
    const { documentId } = (
      await upload(aForm({ content: aPng() }), me, `/prescriptions/${prescriptionId}/documents`)
    ).body;
    const withdraw = (body: object) =>
      call<Document & Problem>('POST', `/prescription-documents/${documentId}/withdraw`, {
        token: me.token,
        body,
      });
    expect((await withdraw({ reason: '  ' })).status).toBe(400);
    expect(await withdraw({ reason: 'another patient’s' })).toMatchObject({
      status: 200,
      body: { withdrawn: { reason: 'another patient’s' } },
    });
    expect((await withdraw({ reason: 'once more' })).status).toBe(409);
    expect((await content(documentId)).statusCode).toBe(404);
    expect((await list(prescriptionId)).body.data).toMatchObject([
      { documentId, withdrawn: { reason: 'another patient’s' } },
    ]);
    const waiting = await uploaded();
    const early = await call('POST', `/prescription-documents/${waiting.documentId}/withdraw`, {
      token: me.token,
      body: { reason: 'too early' },
    });
    expect(early.status).toBe(409);
  });

  it('has ten papers on a prescription at the most, whoever comes at once; a withdrawn one makes room', async () => {
    const { prescriptionId } = await aPrescription(db, me, { drugId });
    const path = `/prescriptions/${prescriptionId}/documents`;
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => upload(aForm({ content: aPng() }), me, path)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(10).fill(201),
      ...Array<number>(4).fill(409),
    ]);
    expect(answers.find(({ status }) => status === 409)?.body.type).toBe('/problems/too-many-documents');
    const { documentId } = answers.find(({ status }) => status === 201)?.body ?? { documentId: 0 };
    await call('POST', `/prescription-documents/${documentId}/withdraw`, {
      token: me.token,
      body: { reason: 'blurred' },
    });
    expect((await upload(aForm({ content: aPng() }), me, path)).status).toBe(201);
  });

  it('has twenty unclaimed uploads of a user at the most; one removed makes room', async () => {
    const hoarder = await aWorldFor(db, 'technician', { branchId: me.branchId });
    const answers = await Promise.all(
      Array.from({ length: 22 }, () => upload(aForm({ content: aPng() }), hoarder)),
    );
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    const { documentId } = answers.find(({ status }) => status === 201)?.body ?? { documentId: 0 };
    expect((await call('DELETE', `/prescription-documents/${documentId}`, hoarder)).status).toBe(204);
    expect((await content(documentId, hoarder)).statusCode).toBe(404);
    expect((await upload(aForm({ content: aPng() }), hoarder)).status).toBe(201);
  });

  it('puts a paper to one prescription only, however many claim it at once', async () => {
    const { documentId } = await uploaded();
    const answers = await Promise.all([1, 2, 3, 4].map(() => entry([documentId])));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
  });

  it('removes uploads nobody claimed within a day, and those alone', async () => {
    const [old, young] = [await uploaded(), await uploaded()];
    const claimed = await uploaded();
    const { prescriptionId } = (await entry([claimed.documentId])).body;
    await age([old.documentId, claimed.documentId]);
    const before = await count();
    expect(await app().get(PrescriptionDocumentsService, { strict: false }).sweep()).toBe(1);
    expect(await count()).toBe(before - 1);
    expect((await content(old.documentId)).statusCode).toBe(404);
    expect((await content(young.documentId)).statusCode).toBe(200);
    expect((await list(prescriptionId)).body.meta.total).toBe(1);
  });

  it('goes on taking uploads after clients that went away in the middle of theirs', async () => {
    await app().listen(0, '127.0.0.1');
    const { port } = app().getHttpServer().address() as AddressInfo;
    const body = aForm({ content: aPng() });
    const head = [
      'POST /api/prescription-documents HTTP/1.1',
      'host: localhost',
      `authorization: Bearer ${me.token}`,
      `content-type: ${FORM['content-type']}`,
      `content-length: ${body.length}`,
      '\r\n',
    ].join('\r\n');
    const before = await count();
    // More of them than are read at once: each that went away must have made room.
    for (let n = 0; n < 6; n++) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(head);
      socket.write(body.subarray(0, 150));
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
    }
    expect((await upload(body)).status).toBe(201);
    expect(await count()).toBe(before + 1);
  });

  it('asks for the right to enter prescriptions, and to read them', async () => {
    const cashier = await aWorldFor(db, 'cashier', { branchId: me.branchId });
    const clerk = await aWorldFor(db, 'inventory clerk', { branchId: me.branchId });
    const { documentId } = await uploaded();
    const { prescriptionId } = (await entry([documentId])).body;
    expect((await upload(aForm({ content: aPng() }), cashier)).status).toBe(403);
    expect((await content(documentId, cashier)).statusCode).toBe(200);
    expect((await content(documentId, clerk)).statusCode).toBe(403);
    expect((await list(prescriptionId, clerk)).status).toBe(403);
    expect((await call('GET', `/prescription-documents/${documentId}/content`)).status).toBe(401);
  });
});
