import { randomUUID } from 'node:crypto';

import { aDrug } from '../builders/drug.js';
import { aPatient, aPrescriber } from '../builders/patient.js';
import { aTillShift } from '../builders/sale.js';
import { aWorldFor, type World } from '../builders/world.js';
import type { TestDatabase } from '../support/db.js';

const PRODUCTS = 6;

/** Numbers from 0 up to 1, the same for the same seed: mulberry32. */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What is read of the answers of twenty routes, each of which has some of it. */
export interface Body {
  readonly prescriptionId: number;
  readonly saleId: number;
  readonly items: readonly {
    readonly saleItemId: number;
    readonly drugId: number;
    readonly quantity: string;
  }[];
  readonly fillId: number;
  readonly countId: number;
  readonly page: { readonly data: readonly { readonly difference: string | null }[] };
  readonly data: readonly Lot[];
  readonly transferId: number;
  readonly lots: readonly { readonly transitLotId: number; readonly issued: string }[];
  readonly discrepancies: readonly { readonly discrepancyId: number; readonly quantity: string }[];
  readonly recallId: number;
}

interface Lot {
  readonly lotId: number;
  readonly quantity: string;
  readonly status: string;
  readonly version: number;
}

/** An answer of the pharmacy; who asks again after a crash asks with the same key. */
export interface Told {
  readonly status: number;
  readonly body: Body;
}

/** Two branches with two people each, products on no shelf yet, and a patient at each. */
export interface Shops {
  readonly people: readonly [readonly [World, World], readonly [World, World]];
  readonly drugIds: readonly number[];
  readonly prescriberId: number;
  readonly patients: readonly [number, number];
}

export interface Pharmacy extends Shops {
  readonly post: (world: World, path: string, body: object, key: string) => Promise<Told>;
  readonly get: (world: World, path: string) => Promise<Told>;
}

export async function twoShops(db: TestDatabase): Promise<Shops> {
  const [one, two] = [await aWorldFor(db, 'administrator'), await aWorldFor(db, 'administrator')];
  const people = [
    [one, await aWorldFor(db, 'administrator', { branchId: one.branchId })],
    [two, await aWorldFor(db, 'administrator', { branchId: two.branchId })],
  ] as const;
  for (const world of people.flat()) await aTillShift(db, world);
  const drugIds: number[] = [];
  for (let n = 0; n < PRODUCTS; n++)
    drugIds.push((await aDrug(db, { price: '10.00', unitsPerPack: '10', rxOnly: false })).drugId);
  const patients = [await aPatient(db, one), await aPatient(db, two)] as const;
  return { people, drugIds, prescriberId: await aPrescriber(db), patients };
}

/** The ledger by kind of movement, what is kept for fills, and what is in transit. */
const SUMS = `
select m.movement_type as what, m.branch_id as branch, m.drug_id as drug, sum(m.quantity)::float8 as units from operational.stock_movements m group by 1, 2, 3
union all
select 'onHand', branch_id, drug_id, sum(quantity)::float8 from operational.inventory_lots group by 2, 3
union all
select 'reserved', l.branch_id, l.drug_id, sum(r.quantity)::float8 from operational.stock_reservations r join operational.inventory_lots l using (lot_id)
where r.status = 'open' group by 2, 3
union all
select 'inTransit', 0, drug_id, sum(quantity)::float8 from operational.stock_in_transit group by 3`;

/** What the database holds, in the words of the model; what is zero is left out. */
export async function held(db: TestDatabase, { people }: Shops): Promise<Record<string, number>> {
  const { rows } = await db.owner.query<{ what: string; branch: number; drug: number; units: number }>(SUMS);
  const shopOf = (branch: number): number => (branch === people[1][0].branchId ? 1 : 0);
  return Object.fromEntries(
    rows
      .filter(({ units }) => units !== 0)
      .map(({ what, branch, drug, units }) => [`${what} ${shopOf(branch)}:${drug}`, units]),
  );
}

/** What a pharmacy is in plain numbers: what was acknowledged, added up. Whole base units. */
export class StockModel {
  /** Units by what they are (on hand, reserved, in transit), branch and product. */
  private readonly units = new Map<string, number>();
  readonly answers = new Map<string, number>();
  sales: { branch: 0 | 1; saleId: number; lines: { saleItemId: number; drugId: number; left: number }[] }[] =
    [];
  fills: { branch: 0 | 1; fillId: number; drugId: number; quantity: number; isGone: boolean }[] = [];
  steps = 0;

  add(what: 'reserved' | 'inTransit', branch: 0 | 1, drugId: number, quantity: number): void {
    const key = `${what} ${branch}:${drugId}`;
    this.units.set(key, (this.units.get(key) ?? 0) + quantity);
  }

  /** Moves stock: by the kind of movement, and on hand. */
  move(type: string, branch: 0 | 1, drugId: number, quantity: number): void {
    for (const key of [`${type} ${branch}:${drugId}`, `onHand ${branch}:${drugId}`])
      this.units.set(key, (this.units.get(key) ?? 0) + quantity);
  }

  get held(): Record<string, number> {
    return Object.fromEntries([...this.units].filter(([, units]) => units !== 0));
  }
}

/** One who gives random commands, one after the other, and writes down what was acknowledged. */
export class Hand {
  constructor(
    private readonly real: Pharmacy,
    private readonly model: StockModel,
    private readonly next: () => number,
  ) {}

  private below(count: number): number {
    return Math.floor(this.next() * count);
  }

  private one<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  private get drugId(): number {
    return this.one(this.real.drugIds) ?? 0;
  }

  private who(branch: 0 | 1, n = this.below(2)): World {
    return this.real.people[branch][n === 0 ? 0 : 1];
  }

  private async post(world: World, path: string, body: object): Promise<Told> {
    const told = await this.real.post(world, path, body, randomUUID());
    const name = `${path.replaceAll(/\d+/g, 'n')} ${told.status}`;
    this.model.answers.set(name, (this.model.answers.get(name) ?? 0) + 1);
    this.model.steps += 1;
    if (told.status >= 500) throw new Error(`${path}: ${told.status} ${JSON.stringify(told.body)}`);
    return told;
  }

  /** A command of any kind. */
  async step(): Promise<void> {
    const branch = this.next() < 0.6 ? 0 : 1;
    const at = this.next();
    if (at < 0.12) return this.receive(branch);
    if (at < 0.42) return this.sell(branch);
    if (at < 0.5) return this.takeBack();
    if (at < 0.53) return this.void();
    if (at < 0.66) return this.keep(branch);
    if (at < 0.76) return this.finish();
    if (at < 0.79) return this.reverse();
    if (at < 0.86) return this.adjust(branch);
    if (at < 0.9) return this.setAside(branch);
    if (at < 0.94) return this.count(branch);
    if (at < 0.98) return this.send(branch);
    return this.recall(branch);
  }

  private async receive(branch: 0 | 1): Promise<void> {
    const { drugId } = this;
    const quantity = 1 + this.below(30);
    const lot = this.below(4);
    const item = { drugId, lotNumber: `M${lot}`, expiryDate: `20${31 + lot}-06-30`, quantity: String(quantity), unitCost: '0.50' }; // prettier-ignore
    const { status } = await this.post(this.who(branch), '/inventory/receive', { items: [item] });
    if (status === 201) this.model.move('receipt', branch, drugId, quantity);
  }

  private async sell(branch: 0 | 1): Promise<void> {
    const wanted = new Map([this.drugId, this.drugId].map((drugId) => [drugId, 1 + this.below(6)]));
    const items = [...wanted].map(([drugId, quantity]) => ({ drugId, quantity: String(quantity) }));
    const payments = [{ method: 'cash', amount: '1000.00' }];
    const { status, body } = await this.post(this.who(branch), '/sales', { items, payments });
    if (status !== 201) return;
    for (const [drugId, quantity] of wanted) this.model.move('sale', branch, drugId, -quantity);
    const lines = body.items.map((line) => ({
      saleItemId: line.saleItemId,
      drugId: line.drugId,
      left: Number(line.quantity),
    }));
    this.model.sales.push({ branch, saleId: body.saleId, lines });
  }

  /** Takes one out of a list, so that no other hand uses it meanwhile. */
  private take<T>(list: T[]): T | undefined {
    return list.splice(this.below(list.length), 1)[0];
  }

  private async takeBack(): Promise<void> {
    const sale = this.take(this.model.sales);
    const line = sale && this.one(sale.lines);
    if (!sale || !line) return;
    const quantity = 1 + this.below(line.left + 1); // sometimes one too many
    const disposition = this.next() < 0.7 ? 'restock' : 'quarantine';
    const items = [{ saleItemId: line.saleItemId, quantity: String(quantity), disposition }];
    const body = { items, reason: 'model' };
    const { status } = await this.post(this.who(sale.branch), `/sales/${sale.saleId}/return`, body);
    if (status !== 201) return void this.model.sales.push(sale);
    line.left -= quantity;
    this.model.move('return', sale.branch, line.drugId, quantity);
    const lines = sale.lines.filter((each) => each.left > 0);
    if (lines.length > 0) this.model.sales.push({ ...sale, lines });
  }

  private async void(): Promise<void> {
    const sale = this.take(this.model.sales);
    if (!sale) return;
    const { status } = await this.post(this.who(sale.branch), `/sales/${sale.saleId}/void`, {
      reason: 'model',
    });
    if (status !== 201) return void this.model.sales.push(sale);
    for (const line of sale.lines) this.model.move('return', sale.branch, line.drugId, line.left);
  }

  private async keep(branch: 0 | 1): Promise<void> {
    const { drugId } = this;
    const quantity = 1 + this.below(10);
    const world = this.who(branch);
    const written = await this.post(world, '/prescriptions', {
      patientId: this.real.patients[branch],
      prescriberId: this.real.prescriberId,
      drugId,
      quantity: String(quantity),
      daysSupply: 5,
      sig: '1 tablet daily',
      refillsAuthorized: 0,
      prescribedDate: new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10),
    });
    if (written.status !== 201) return;
    const path = `/prescriptions/${written.body.prescriptionId}/fill`;
    const { status, body } = await this.post(world, path, { overrides: [] });
    if (status !== 201) return;
    this.model.add('reserved', branch, drugId, quantity);
    this.model.fills.push({ branch, fillId: body.fillId, drugId, quantity, isGone: false });
  }

  private async finish(): Promise<void> {
    const fill = this.take(this.model.fills);
    if (!fill) return;
    const { branch, fillId, drugId, quantity } = fill;
    const isGiven = this.next() < 0.6;
    const path = `/fills/${fillId}/${isGiven ? 'complete' : 'return-to-stock'}`;
    const body = isGiven ? { overrides: [] } : { reason: 'model' };
    const { status } = await this.post(this.who(branch), path, body);
    if (status >= 300) return void this.model.fills.push(fill);
    this.model.add('reserved', branch, drugId, -quantity);
    if (!isGiven) return;
    this.model.move('dispense', branch, drugId, -quantity);
    this.model.fills.push({ ...fill, isGone: true });
  }

  private async reverse(): Promise<void> {
    const at = this.model.fills.findIndex((each) => each.isGone);
    const [fill] = at < 0 ? [] : this.model.fills.splice(at, 1);
    if (!fill) return;
    const body = { reason: 'model' };
    const { status } = await this.post(this.who(fill.branch), `/fills/${fill.fillId}/reverse`, body);
    if (status >= 300) return void this.model.fills.push(fill);
    this.model.move('reversal', fill.branch, fill.drugId, fill.quantity);
  }

  private async lots(branch: 0 | 1, drugId: number): Promise<Lot[]> {
    const { body } = await this.real.get(this.who(branch), `/inventory/lots?drugId=${drugId}&limit=50`);
    return [...body.data];
  }

  private async adjust(branch: 0 | 1): Promise<void> {
    const { drugId } = this;
    const lot = this.one(await this.lots(branch, drugId));
    const quantity = this.below(9) - 5 || 3;
    if (!lot) return;
    const body = { lotId: lot.lotId, quantity: String(quantity), reason: 'model' };
    const { status } = await this.post(this.who(branch), '/inventory/adjust', body);
    if (status === 201) this.model.move('adjustment', branch, drugId, quantity);
  }

  private async setAside(branch: 0 | 1): Promise<void> {
    const lot = this.one(await this.lots(branch, this.drugId));
    if (!lot) return;
    const command = lot.status === 'available' ? this.one(['quarantine', 'hold']) : 'release';
    const body = { lotId: lot.lotId, reason: 'model', version: lot.version };
    await this.post(this.who(branch), `/inventory/${command}`, body);
  }

  private async count(branch: 0 | 1): Promise<void> {
    const { drugId } = this;
    const [counter, other] = [this.who(branch, 0), this.who(branch, 1)];
    const begun = await this.post(counter, '/inventory/counts', { scope: 'drugs', drugIds: [drugId] });
    if (begun.status !== 201) return;
    const path = `/inventory/counts/${begun.body.countId}`;
    const items = (await this.lots(branch, drugId)).slice(0, 50).map((lot) => ({
      lotId: lot.lotId,
      counted: String(Math.max(0, Number(lot.quantity) + this.below(5) - 2)),
    }));
    for (let twice = 0; twice < 2 && items.length > 0; twice++)
      await this.post(counter, `${path}/enter`, { items });
    const submitted = await this.post(counter, `${path}/submit`, { leaveUncounted: true });
    const approved =
      submitted.status < 300 && this.next() < 0.8 ? await this.post(other, `${path}/approve`, {}) : undefined;
    if (approved === undefined || approved.status >= 300) {
      await this.post(other, `${path}/cancel`, { reason: 'model' });
      return;
    }
    const { body } = await this.real.get(other, `${path}?state=difference&limit=100`);
    for (const line of body.page.data as { difference: string | null }[])
      this.model.move('count', branch, drugId, Number(line.difference ?? 0));
  }

  private async send(from: 0 | 1): Promise<void> {
    const to = from === 0 ? 1 : 0;
    const { drugId } = this;
    const wanted = { drugId, quantity: String(2 + this.below(10)) };
    const otherBranchId = this.real.people[to][0].branchId;
    const sender = this.who(from, 0);
    const made = await this.post(sender, '/inventory/transfers', {
      origin: 'send',
      otherBranchId,
      lines: [wanted],
    });
    if (made.status !== 201) return;
    const path = `/inventory/transfers/${made.body.transferId}`;
    const issued = await this.post(sender, `${path}/issue`, { partial: true });
    if (issued.status >= 300) {
      await this.post(sender, `${path}/cancel`, { reason: 'model' });
      return;
    }
    const { lots } = issued.body;
    for (const lot of lots) {
      this.model.move('transfer_out', from, drugId, -Number(lot.issued));
      this.model.add('inTransit', 0, drugId, Number(lot.issued));
    }
    await this.takeIn(to, drugId, path, lots);
  }

  /** Receives what was sent, sometimes one too few; who sent it writes that off or has it back. */
  private async takeIn(
    to: 0 | 1,
    drugId: number,
    path: string,
    lots: readonly { transitLotId: number; issued: string }[],
  ): Promise<void> {
    const items = lots.map((lot) => ({
      transitLotId: lot.transitLotId,
      quantity: String(Math.max(0, Number(lot.issued) - (this.next() < 0.3 ? 1 : 0))),
    }));
    const received = await this.post(this.who(to, 0), `${path}/receive`, { items, complete: true });
    if (received.status >= 300) return;
    const arrived = items.reduce((sum, item) => sum + Number(item.quantity), 0);
    this.model.move('transfer_in', to, drugId, arrived);
    this.model.add('inTransit', 0, drugId, -arrived);
    for (const { discrepancyId, quantity } of received.body.discrepancies) {
      const resolution = this.next() < 0.5 ? 'write_off' : 'return';
      const from = to === 0 ? 1 : 0;
      const body = { discrepancyId, resolution, note: 'model says so' };
      const { status } = await this.post(this.who(from, 1), `${path}/resolve`, body);
      if (status >= 300) continue;
      this.model.add('inTransit', 0, drugId, -Number(quantity));
      if (resolution === 'return') this.model.move('transfer_in', from, drugId, Number(quantity));
    }
  }

  /** Called back and found to be a mistake: quantities are what they were. */
  private async recall(branch: 0 | 1): Promise<void> {
    const { drugId } = this;
    const world = this.who(branch);
    const body = { drugId, lotNumber: `M${this.below(4)}`, recallClass: 'II', reason: 'model' };
    const opened = await this.post(world, '/inventory/recall', body);
    if (opened.status !== 201) return;
    await this.post(world, `/inventory/recalls/${opened.body.recallId}/withdraw`, { reason: 'model' });
  }
}
