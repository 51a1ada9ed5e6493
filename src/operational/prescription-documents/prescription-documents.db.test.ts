// What the database holds papers to: as they came, of the kind their bytes are, of their branch, kept while they are claimed.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { aPdf, aPng } from '../../../test/builders/paper.js';
import { aPrescription } from '../../../test/builders/prescription.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { connectAs, useTestDatabase } from '../../../test/support/db.js';
import { PrescriptionDocumentsRepository, type NewDocument } from './prescription-documents.repository.js';

const CHANGE_REFUSED = 'MD004';

describe('papers in the database', () => {
  const db = useTestDatabase();
  const documents = new PrescriptionDocumentsRepository();
  let me: World;
  let prescriptionId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    ({ prescriptionId } = await aPrescription(db, me, { drugId: (await aDrug(db)).drugId }));
  });

  const insert = (values: Partial<NewDocument> = {}, world = me): Promise<number> =>
    db.uow.run(world.ctx, (tx) =>
      documents.insert(tx, {
        branchId: world.branchId,
        prescriptionId: null,
        userId: world.userId,
        mediaType: 'image/png',
        content: aPng(),
        ...values,
      }),
    );
  const asApp = (statement: string, values: readonly unknown[], world = me) =>
    db.uow.run(world.ctx, (tx) => tx.execute(statement, values));

  it('refuses bytes that are not what they are said to be, none, and too many', async () => {
    for (const values of [
      { mediaType: 'image/jpeg' as const },
      { content: aPdf() },
      { content: Buffer.from('<svg/>') },
      { mediaType: 'image/svg+xml' as never },
      { content: Buffer.alloc(0) },
      { content: Buffer.concat([aPng(), Buffer.alloc(10 * 1024 * 1024)]) },
    ])
      await expect(insert(values)).rejects.toMatchObject({ code: '23514' });
  });

  it('keeps bytes and documents as they came, for the owner too', async () => {
    const documentId = await insert({ prescriptionId });
    for (const statement of [
      `update operational.prescription_document_contents set content = content || '\\x00'`,
      `update operational.prescription_documents set uploaded_by = uploaded_by + 1 where document_id = ${documentId}`,
      `update operational.prescription_documents set prescription_id = null, claimed_at = null where document_id = ${documentId}`,
      `delete from operational.prescription_documents where document_id = ${documentId}`,
    ])
      await expect(db.owner.query(statement)).rejects.toMatchObject({ code: CHANGE_REFUSED });
    await expect(
      db.owner.query(`delete from operational.prescription_document_contents`),
    ).rejects.toMatchObject({ code: '23503' });
    await expect(
      asApp('update operational.prescription_document_contents set branch_id = branch_id', []),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('withdraws once, and a withdrawal stays', async () => {
    const documentId = await insert({ prescriptionId });
    const by = { userId: me.userId, branchId: me.branchId, reason: 'not hers' };
    expect(await db.uow.run(me.ctx, (tx) => documents.withdraw(tx, documentId, by))).toBe(true);
    expect(await db.uow.run(me.ctx, (tx) => documents.withdraw(tx, documentId, by))).toBe(false);
    await expect(
      asApp(
        'update operational.prescription_documents set withdrawn_by = null, withdrawn_at = null, withdrawal_reason = null where document_id = $1',
        [documentId],
      ),
    ).rejects.toMatchObject({ code: CHANGE_REFUSED });
  });

  it('puts no paper to a prescription of another branch', async () => {
    const other = await aWorldFor(db, 'pharmacist');
    await expect(insert({ prescriptionId }, other)).rejects.toMatchObject({ code: '23503' });
    await expect(insert({ branchId: me.branchId }, other)).rejects.toMatchObject({ code: '42501' });
  });

  it('shows an upload nobody claimed to who made it alone, below the application too', async () => {
    const colleague = await aWorldFor(db, 'pharmacist', { branchId: me.branchId });
    const documentId = await insert();
    const seen = (world: World) =>
      db.uow.read(world.ctx, (tx) =>
        tx.query('select 1 from operational.prescription_documents where document_id = $1', [documentId]),
      );
    expect(await seen(me)).toHaveLength(1);
    expect(await seen(colleague)).toHaveLength(0);
  });

  it('does not let reports read bytes', async () => {
    const client = await connectAs(db, 'pharmacy_reporting');
    try {
      await client.query('select byte_size, sha256 from operational.prescription_document_contents');
      await expect(
        client.query('select content from operational.prescription_document_contents'),
      ).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
    }
  });

  it('leaves no bytes in the audit trail', async () => {
    await insert();
    const { rows } = await db.owner.query<{ after: object }>(
      `select after from operational.audit_logs where table_name = 'prescription_document_contents' limit 1`,
    );
    expect(Object.keys(rows[0]?.after ?? {})).toContain('sha256');
    expect(rows[0]?.after).not.toHaveProperty('content');
  });
});
