// The audit trail after an erasure: it proves itself, says which rows were blanked, and a row that was blanked by anybody else is found.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { aPatient } from '../../../test/builders/patient.js';
import { aWorldFor, type World } from '../../../test/builders/world.js';
import { chainOn, useAuditSettings, writeTrail } from '../../../test/support/audit-chain.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { verifyExport } from '../audit-seals/export-file.js';
import { AuditExportService } from '../audit-seals/export.service.js';
import { RedactionsService } from '../audit-seals/redactions.service.js';
import type { PatientsService } from '../patients/patients.service.js';
import { ErasureAgainService } from './erasure-again.service.js';
import { ErasureRepository } from './erasure.repository.js';
import { ErasureService } from './erasure.service.js';

const db = useTestDatabase();
const settings = useAuditSettings();
const erasure = new ErasureRepository();

async function erase(world: World, patientId: number): Promise<number> {
  const { seals, sealer } = chainOn(db, settings);
  const redactions = new RedactionsService(seals, sealer);
  const key = await redactions.key();
  const { branchId } = world;
  return db.uow.run(world.ctx, async (tx) => {
    const erasureRequestId = await erasure.insert(tx, branchId, patientId, {
      requestedBy: 'patient',
      identityProof: 'passport',
      reason: 'asked',
    });
    const rowHashes = await erasure.carryOut(tx, erasureRequestId);
    await redactions.record(tx, key, { branchId, erasureRequestId, rowHashes });
    return (rowHashes?.length ?? 0) / 72;
  });
}

/** Past all triggers, as a superuser with intent. */
async function corrupt(statement: string, values: unknown[] = []): Promise<void> {
  const client = await db.owner.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(statement, values);
  } finally {
    await client.query('set session_replication_role = origin');
    client.release();
  }
}

describe('the trail of an erased patient', () => {
  it('is hashed by the database as seals hash it, whatever stands in it', async () => {
    await writeTrail(db, 40);
    await db.owner.query(
      `insert into operational.audit_logs (tx_id, table_schema, table_name, row_key, action, after)
       values (E'a\\tb\\\\c\\nd\\re\\bf\\fg\\x0b', 'operational', 'patients', 'x', 'insert', jsonb_build_object('t', E'tab\\t \\\\ "quoted" عربي'))`,
    );
    const { seals } = chainOn(db, settings);
    const ours = await db.owner.query<{ id: string; hash: Buffer }>(
      'select audit_log_id as id, sha256(operational.audit_line(l)) as hash from operational.audit_logs l order by audit_log_id',
    );
    const theirs = await db.uow.read((await aWorldFor(db, 'auditor')).ctx, async (tx) => {
      await seals.becomeSealer(tx);
      return seals.hashRows(tx, 0, 1_000_000);
    });
    const known = new Map(theirs.map(({ id, hash }) => [id, hash.toString('hex')]));
    expect(ours.rows.length).toBeGreaterThan(40);
    for (const { id, hash } of ours.rows) expect(hash.toString('hex')).toBe(known.get(Number(id)));
  });

  it('proves itself with the rows that were blanked, before and after they were sealed, in the database and in an export', async () => {
    const world = await aWorldFor(db, 'administrator');
    const patientId = await aPatient(db, world, { firstName: 'Sealed', lastName: 'Before' });
    const { sealer, verifier, seals } = chainOn(db, settings);
    await sealer.seal(5000);
    expect(await verifier.verifyAll()).toMatchObject({ ok: true, redactedRows: 0 });

    expect(await erase(world, patientId)).toBeGreaterThan(1);
    await sealer.seal(5000);
    const verified = await verifier.verifyAll();
    expect(verified).toMatchObject({ ok: true });
    const { redactedRows } = verified;
    expect(redactedRows).toBeGreaterThan(0);
    expect(verified.notes).toContain('rows-redacted');

    const file = join(await mkdtemp(join(tmpdir(), 'meditory-export-')), 'trail.ndjson');
    await new AuditExportService(db.uow, seals, sealer).export('2020-01-01', '2100-01-01', file);
    expect(await verifyExport(file, await sealer.keys())).toMatchObject({ ok: true, redactedRows });
  });

  it('is erased again where a backup brings it back, and by no list that is not ours', async () => {
    const world = await aWorldFor(db, 'administrator');
    const patientId = await aPatient(db, world, { firstName: 'Comes', lastName: 'Back' });
    const { seals, sealer } = chainOn(db, settings);
    const redactions = new RedactionsService(seals, sealer);
    const service = new ErasureService(db.uow, erasure, {} as PatientsService, redactions);
    const again = new ErasureAgainService(db.uow, erasure, service, redactions, settings);
    await erase(world, patientId);
    const { noted } = await again.look();
    expect(noted).toBeGreaterThan(0);
    expect(await again.look()).toEqual({ noted: 0, erased: 0, waiting: 0 });

    // As the backup of the day before had it.
    const restore = async () => {
      await corrupt(
        `update operational.patients set first_name = 'Comes', last_name = 'Back', erased_at = null where patient_id = $1`,
        [patientId],
      );
      await corrupt('delete from operational.erasure_requests where patient_id = $1', [patientId]);
    };
    const nameNow = async () =>
      (
        await db.owner.query<{ first_name: string }>(
          'select first_name from operational.patients where patient_id = $1',
          [patientId],
        )
      ).rows[0]?.first_name;
    await restore();
    expect(await again.look()).toEqual({ noted: 0, erased: 1, waiting: 0 });
    expect(await nameNow()).toBe('Erased');

    // A list without our MAC erases nobody; the record is noted anew.
    const file = join(dirname(settings.anchorFile), 'erased-records.ndjson');
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replaceAll(/"mac":"[0-9a-f]{64}"/g, `"mac":"${'0'.repeat(64)}"`),
    );
    await restore();
    expect(await again.look()).toMatchObject({ erased: 0, waiting: 0 });
    expect(await nameNow()).toBe('Comes');
  });

  it('does not let anybody else blank a row, or change one that was blanked', async () => {
    const { sealer, verifier } = chainOn(db, settings);
    const world = await aWorldFor(db, 'administrator');
    const [erased, other] = [await aPatient(db, world), await aPatient(db, world)];
    await sealer.seal(5000);
    await erase(world, erased);
    await sealer.seal(5000);
    const found = async () => (await verifier.verifyAll()).findings.map(({ kind }) => kind);
    const rowOf = (patientId: number) =>
      `(select min(audit_log_id) from operational.audit_logs where table_name = 'patients' and row_key = '${patientId}')`;

    // A row of somebody else, blanked with a redaction of his own making.
    const kept = await db.owner.query<{ after: string }>(
      `select after::text as after from operational.audit_logs where audit_log_id = ${rowOf(other)}`,
    );
    await corrupt(`with l as (select * from operational.audit_logs where audit_log_id = ${rowOf(other)})
      insert into operational.audit_redactions (branch_id, erasure_request_id, row_hashes, key_id, mac)
      select 1, 1, int8send(l.audit_log_id) || sha256(operational.audit_line(l)) || sha256('x'), (select key_id from operational.audit_seals limit 1), sha256('y') from l`);
    await corrupt(`update operational.audit_logs set after = '{}' where audit_log_id = ${rowOf(other)}`);
    expect((await found()).sort()).toEqual(['redaction-forged', 'row-changed']);
    await corrupt(`update operational.audit_logs set after = $1 where audit_log_id = ${rowOf(other)}`, [
      kept.rows[0]?.after,
    ]);
    await corrupt(`delete from operational.audit_redactions where mac = sha256('y')`);
    expect(await found()).toEqual([]);

    // The row that was blanked, changed again; and its redaction taken away.
    await corrupt(`update operational.audit_logs set user_id = 1 where audit_log_id = ${rowOf(erased)}`);
    expect(await found()).toEqual(['row-changed']);
    await corrupt(`update operational.audit_logs set user_id = null where audit_log_id = ${rowOf(erased)}`);
    await corrupt('delete from operational.audit_redactions');
    expect((await found()).every((kind) => kind === 'row-changed')).toBe(true);
    expect(await found()).not.toEqual([]);
  });
});
