// Many hands on one fill at once: a step is taken once, steps that exclude each other never both, and stock stays right.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug } from '../builders/drug.js';
import { aLot, discrepancies } from '../builders/lot.js';
import { aPrescription } from '../builders/prescription.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('one fill', () => {
  const { db, call } = useTestApp();
  let me: World;
  let drugId = 0;
  beforeAll(async () => {
    me = await aWorldFor(db, 'pharmacist');
    drugId = (await aDrug(db, { ingredients: ['loratadine'] })).drugId;
    await aLot(db, { branchId: me.branchId, drugId, quantity: '5000' });
  });
  /** Sends a command until it is answered: 503 says to send the same again. */
  async function settled(path: string): Promise<number> {
    for (;;) {
      const { status } = await call('POST', path, { token: me.token, body: {} });
      if (status !== 503) return status;
    }
  }
  async function aFill(...steps: string[]): Promise<{ fill: string; rx: string }> {
    const { prescriptionId } = await aPrescription(db, me, { drugId, refillsAuthorized: 1 });
    const rx = `/prescriptions/${prescriptionId}`;
    const made = await call<{ fillId: number }>('POST', `${rx}/fill`, { token: me.token, body: {} });
    const fill = `/fills/${made.body.fillId}`;
    for (const step of steps) expect(await settled(`${fill}/${step}`)).toBe(200);
    return { fill, rx };
  }
  const look = async (path: string): Promise<Record<string, unknown>> =>
    (await call('GET', path, { token: me.token })).body;
  const times = (count: number, path: string): string[] => Array.from({ length: count }, () => path);

  it.each([
    ['verify', []],
    ['ready', ['verify']],
    ['dispense', ['verify', 'ready']],
    ['return-to-stock', ['verify']],
    ['reverse', ['verify', 'ready', 'dispense']],
  ])('takes %s once of twenty', async (command, before) => {
    const { fill } = await aFill(...before);
    const statuses = await Promise.all(times(20, `${fill}/${command}`).map(settled));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([200, 409]));
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is handed over or returned, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const { fill } = await aFill('verify', 'ready');
      const commands = [...times(5, `${fill}/dispense`), ...times(5, `${fill}/return-to-stock`)];
      const statuses = await Promise.all(commands.map(settled));
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      const { status, lots } = await look(fill);
      expect(status === 'dispensed' || status === 'returned_to_stock').toBe(true);
      expect((lots as unknown[]).length).toBe(status === 'dispensed' ? 1 : 0);
    }
    expect(await discrepancies(db)).toEqual([]);
  });

  it('is handed over before a hold, or not at all', async () => {
    for (let round = 0; round < 5; round++) {
      const { fill, rx } = await aFill('verify', 'ready');
      await Promise.all([settled(`${rx}/hold`), settled(`${fill}/dispense`)]);
      const history = (await look(rx))['history'] as { fillId: number | null; toStatus: string }[];
      const at = (toStatus: string): number => history.findIndex((step) => step.toStatus === toStatus);
      expect(at('on_hold')).toBeGreaterThan(-1);
      if (at('dispensed') !== -1) expect(at('dispensed')).toBeLessThan(at('on_hold'));
    }
  });

  it('is made, or its prescription cancelled, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const { prescriptionId } = await aPrescription(db, me, { drugId });
      const rx = `/prescriptions/${prescriptionId}`;
      const [made, ended] = await Promise.all([settled(`${rx}/fill`), settled(`${rx}/cancel`)]);
      expect([
        [201, 409],
        [409, 200],
      ]).toContainEqual([made, ended]);
    }
  });
});
