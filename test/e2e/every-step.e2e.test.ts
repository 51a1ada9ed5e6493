// Every state with every command, through the API: the legal ones work, the others are 409 with the list of the legal
// ones and change nothing. What is legal is read from the two tables of the state machines.
import { beforeAll, describe, expect, it } from 'vitest';

import {
  FILL_COMMAND_NAMES,
  FILL_COMMANDS,
  fillCommands,
  type FillCommand,
  type FillStatus,
} from '../../src/operational/prescriptions/fill-status.domain.js';
import {
  PRESCRIPTION_COMMAND_NAMES,
  PRESCRIPTION_COMMANDS,
  prescriptionCommands,
  type PrescriptionCommand,
  type PrescriptionStanding,
} from '../../src/operational/prescriptions/prescription-status.domain.js';
import { aDrug } from '../builders/drug.js';
import { aLot, daysFromNow, discrepancies } from '../builders/lot.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp, type Answer } from '../support/app.js';

interface Refused {
  readonly type: string;
  readonly params: { readonly allowed: string[] };
}

const STANDINGS = Object.keys(PRESCRIPTION_COMMANDS) as PrescriptionStanding[];
const STATES = Object.keys(FILL_COMMANDS) as FillStatus[];
const BARCODE = '5901234123457';
/** What a command says; the lot to choose is known once it is there. */
const BODY: Partial<Record<FillCommand, object>> = {
  scan: { code: BARCODE },
  move: { bin: 'B-2' },
  counsel: { outcome: 'given', note: 'With food' },
};
/** Commands that lead from the first state of a fill to each. */
const WAY_TO: Readonly<Record<FillStatus, readonly FillCommand[]>> = {
  in_progress: [],
  verified: ['verify'],
  ready: ['verify', 'ready'],
  dispensed: ['verify', 'ready', 'dispense'],
  returned_to_stock: ['return-to-stock'],
  reversed: ['verify', 'ready', 'dispense', 'reverse'],
};

describe('every step', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId = 0;
  let given: { patientId: number; prescriberId: number };
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (await aDrug(db, { ingredients: ['loratadine'], barcode: BARCODE })).drugId;
    const { lotId } = await aLot(db, { branchId: me.branchId, drugId, quantity: '100000' });
    BODY['choose-lot'] = { lotId, reason: 'the box on top' };
    given = { patientId: await aPatient(db, me), prescriberId: await aPrescriber(db) };
  });
  const post = <Body = Record<string, unknown>>(path: string, body?: unknown): Promise<Answer<Body>> =>
    call<Body>('POST', path, { token: me.token, body });
  const ok = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await post(path, body);
    expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
    return answer.body;
  };
  const look = async (path: string): Promise<Record<string, unknown>> =>
    (await call('GET', path, { token: me.token })).body;

  /** A prescription that stands so; under `filled` a rest is owed, so that both fill and refill are possible. */
  async function prescription(standing: PrescriptionStanding): Promise<string> {
    const isMade = standing === 'filled' || standing === 'completed';
    const { prescriptionId } = await aPrescription(db, me, {
      drugId,
      ...given,
      refillsAuthorized: standing === 'completed' ? 0 : 2,
      ...(standing === 'expired'
        ? { prescribedDate: daysFromNow(-400), expiresOn: daysFromNow(-2) }
        : { status: isMade ? 'pending' : standing }),
    });
    const at = `/prescriptions/${prescriptionId}`;
    if (isMade)
      await ok(`${at}/fill`, { complete: true, ...(standing === 'filled' ? { quantity: '20' } : {}) });
    return at;
  }
  const bodyOf = (command: PrescriptionCommand): unknown => {
    if (command === 'fill' || command === 'refill') return { complete: true };
    return command === 'transfer' ? { to: { pharmacyName: 'Corner Pharmacy' } } : {};
  };
  const targets = (standing: PrescriptionStanding, command: PrescriptionCommand): readonly string[] =>
    (PRESCRIPTION_COMMANDS[standing] as Partial<Record<PrescriptionCommand, readonly string[]>>)[command] ??
    [];

  describe.each(STANDINGS)('of a prescription that is %s', (standing) => {
    it.each(PRESCRIPTION_COMMAND_NAMES)('%s', async (command) => {
      const at = await prescription(standing);
      const before = await look(at);
      expect(before['commands']).toEqual(prescriptionCommands(standing));
      const answer = await post<Refused>(`${at}/${command}`, bodyOf(command));
      const after = await look(at);
      const possible = targets(standing, command);
      if (possible.length > 0) {
        expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
        expect(possible).toContain(after['status']);
      } else {
        expect(answer.status, JSON.stringify(answer.body)).toBe(409);
        expect(['/problems/invalid-transition', '/problems/prescription-not-fillable']).toContain(
          answer.body.type,
        );
        expect(answer.body.params.allowed).toEqual(prescriptionCommands(standing));
        expect(after).toEqual(before);
      }
    });
  });

  describe.each([
    ['that lives', true],
    ['on hold', false],
  ] as const)('of a fill under a prescription %s', (_, isLive) => {
    describe.each(STATES)('that is %s', (status) => {
      it.each(FILL_COMMAND_NAMES)('%s', async (command) => {
        const { prescriptionId } = await aPrescription(db, me, { drugId, ...given, refillsAuthorized: 1 });
        const { fillId } = (await ok(`/prescriptions/${prescriptionId}/fill`, {})) as { fillId: number };
        const at = `/fills/${fillId}`;
        for (const step of WAY_TO[status]) await ok(`${at}/${step}`);
        if (!isLive) await ok(`/prescriptions/${prescriptionId}/hold`);
        const allowed = fillCommands(status, isLive);
        const before = await look(at);
        expect(before).toMatchObject({ status, commands: allowed });
        const answer = await post<Refused>(`${at}/${command}`, BODY[command] ?? {});
        const after = await look(at);
        if (allowed.includes(command)) {
          expect(answer.status, JSON.stringify(answer.body)).toBe(200);
          expect(after['status']).toBe(
            (FILL_COMMANDS[status] as Partial<Record<FillCommand, FillStatus>>)[command],
          );
        } else {
          expect(answer.status, JSON.stringify(answer.body)).toBe(409);
          expect(answer.body.type).toBe(
            command in FILL_COMMANDS[status]
              ? '/problems/prescription-not-fillable'
              : '/problems/invalid-transition',
          );
          expect(answer.body.params.allowed).toEqual(allowed);
          expect(after).toEqual(before);
        }
      });
    });
  });

  it('left stock and ledger in agreement', async () => {
    expect(await discrepancies(db)).toEqual([]);
  });

  describe('that the application does not look at is refused by the database', () => {
    it.each([
      ['fills', 'fill_id', 'ready'],
      ['fills', 'fill_id', 'reversed'],
      ['prescriptions', 'prescription_id', 'draft'],
      ['prescriptions', 'prescription_id', 'on_hold'],
    ])('%s (%s) to %s', async (table, key, to) => {
      const { prescriptionId } = await aPrescription(db, me, { drugId, ...given });
      const { fillId } = (await ok(`/prescriptions/${prescriptionId}/fill`, {})) as { fillId: number };
      await expect(
        db.owner.query(`update operational.${table} set status = $2 where ${key} = $1`, [
          table === 'fills' ? fillId : prescriptionId,
          to,
        ]),
      ).rejects.toMatchObject({ code: 'MD021' });
    });

    it('when it leaves no row of history', async () => {
      const { prescriptionId } = await aPrescription(db, me, { drugId, ...given });
      await expect(
        db.uow.run(me.ctx, (tx) =>
          tx.execute(`update operational.prescriptions set status = 'on_hold' where prescription_id = $1`, [
            prescriptionId,
          ]),
        ),
      ).rejects.toThrow(/its history ends at/);
    });

    it('when one hand would sign twice where two people must', async () => {
      const world = await aWorldFor(db, 'pharmacist');
      await db.owner.query('update operational.branches set two_person_rule = true where branch_id = $1', [
        world.branchId,
      ]);
      await aLot(db, { branchId: world.branchId, drugId });
      const { prescriptionId } = await aPrescription(db, world, { drugId });
      const made = await call<{ fillId: number }>('POST', `/prescriptions/${prescriptionId}/fill`, {
        token: world.token,
        body: {},
      });
      await expect(
        db.owner.query(
          `update operational.fills set status = 'verified', verified_by = $2 where fill_id = $1`,
          [made.body.fillId, world.userId],
        ),
      ).rejects.toMatchObject({ constraint: 'fills_second_person_check' });
    });
  });
});
