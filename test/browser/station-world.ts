import { expect } from 'vitest';

import { ADMIN, type Visit } from './visit.js';

const PASSWORD = 'a long enough password';

interface Row {
  branchId: number;
  roleId: number;
  name: string;
  drugId: number;
  prescriberId: number;
}

/** How the branch of a station works, as POST /branches takes it. */
interface Settings {
  dispensingPolicy?: 'counter' | 'station';
  scanPolicy?: 'off' | 'product' | 'lot';
  pickUpIdentifiers?: boolean;
  counsellingPolicy?: 'optional' | 'first_fill' | 'always';
  twoPersonRule?: boolean;
  /** Under whose law controlled medicines are handled. */
  jurisdiction?: 'none' | 'EG' | 'US';
  /** Purchase orders above it are approved by another. */
  purchaseApprovalLimit?: string;
  /** Bins of it, each with the reason it holds back for. */
  bins?: Readonly<Record<string, string | null>>;
}

export interface Staff {
  username: string;
  password: string;
}

/** A branch of its own with stock, and people who work there, so that no other test sees or moves anything of it. */
export interface StationWorld {
  branchId: number;
  pharmacist: Staff;
  technician: Staff;
  /** Barcodes of the product of every prescription here, and of another one. */
  pack: string;
  otherPack: string;
  drugId: number;
  prescriberId: number;
}

/** The day as the branch counts it. */
const today = (): string => new Intl.DateTimeFormat('en-CA').format(new Date());

/** Somebody who calls the API, whether from a page or without one. */
type Caller = Pick<Visit, 'call'>;

async function made<Body>(caller: Caller, path: string, body: unknown): Promise<Body> {
  const answer = await caller.call<Body>('POST', path, body);
  expect([200, 201], `${path}: ${JSON.stringify(answer.body)}`).toContain(answer.status);
  return answer.body;
}

/** Somebody who calls the API without a page. */
async function signedIn(address: string, who: Staff): Promise<Caller> {
  const send = async <Body>(method: string, path: string, body: unknown, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${address}/api${path}`, { method, headers, ...text });
    return { status: answer.status, body: (await answer.json()) as Body };
  };
  const { token } = (await send<{ token: string }>('POST', '/auth/login', who)).body;
  return {
    call: (method, path, body) => send(method, path, body ?? (method === 'GET' ? undefined : {}), token),
  };
}

let serial = 0;

/** Makes such a branch; refills are never early at it. */
export async function aStation(address: string, { bins, ...settings }: Settings = {}): Promise<StationWorld> {
  const admin = await signedIn(address, ADMIN);
  serial += 1;
  const code = `ST${Date.now().toString(36).toUpperCase()}${serial}`;
  const list = async (path: string): Promise<Row[]> =>
    (await admin.call<{ data: Row[] }>('GET', path)).body.data;
  const { branchId } = await made<Row>(admin, '/branches', {
    code,
    name: `Station ${code}`,
    nameAr: `محطة ${code}`,
    currency: 'EGP',
    timeZone: 'Africa/Cairo',
    earlyRefillShare: '0',
    pickUpIdentifiers: false,
    ...settings,
  });
  const roles = await list('/roles?limit=100');
  const staff = async (role: string): Promise<Staff> => {
    const who = { username: `${role.replaceAll(' ', '-')}.${code.toLowerCase()}`, password: PASSWORD };
    await made(admin, '/users', {
      ...who,
      fullName: `${role} ${code}`,
      mustChangePassword: false,
      roleIds: roles.filter(({ name }) => name === role).map(({ roleId }) => roleId),
      branchIds: [branchId],
    });
    return who;
  };
  const [pharmacist, technician] = [await staff('pharmacist'), await staff('technician')];
  if (bins) {
    const manager = await signedIn(address, await staff('administrator'));
    for (const [bin, holdReason] of Object.entries(bins))
      await made(manager, '/will-call/bins', { code: bin, holdReason });
  }
  const { drugId } = (await list('/drugs/search?q=Paravelin%20500'))[0] ?? fail();
  const { prescriberId } = (await list('/prescribers?q=Rania'))[0] ?? fail();
  const drug = await admin.call<{ barcodes: { code: string }[] }>('GET', `/drugs/${drugId}`);
  const other = (await list('/drugs/search?q=Amoxabel%20500'))[0] ?? fail();
  const otherDrug = await admin.call<{ barcodes: { code: string }[] }>('GET', `/drugs/${other.drugId}`);
  const visit = await signedIn(address, pharmacist);
  await made(visit, '/inventory/receive', {
    items: [
      { drugId, lotNumber: 'PV-0917', expiryDate: '2030-09-30', quantity: '200', unitCost: '0.5' },
      { drugId, lotNumber: 'PV-1120', expiryDate: '2031-11-30', quantity: '400', unitCost: '0.5' },
    ],
  });
  return {
    branchId,
    pharmacist,
    technician,
    pack: drug.body.barcodes[0]?.code ?? fail(),
    otherPack: otherDrug.body.barcodes[0]?.code ?? fail(),
    drugId,
    prescriberId,
  };
}

/** Somebody of another role who works at the branch of a station too. */
export async function aColleague(address: string, { branchId }: StationWorld, role: string): Promise<Staff> {
  const admin = await signedIn(address, ADMIN);
  const roles = (await admin.call<{ data: Row[] }>('GET', '/roles?limit=100')).body.data;
  serial += 1;
  const who = {
    username: `${role.replaceAll(' ', '-')}.${branchId}.${serial}.${Date.now().toString(36)}`,
    password: PASSWORD,
  };
  await made(admin, '/users', {
    ...who,
    fullName: `${role} ${branchId}`,
    mustChangePassword: false,
    roleIds: roles.filter(({ name }) => name === role).map(({ roleId }) => roleId),
    branchIds: [branchId],
  });
  return who;
}

/** Somebody who calls the API without a page, for what a test only needs to be there. */
export const aCaller = signedIn;

/** Somebody who takes nothing else, so that nothing stops. */
export async function aPatient(visit: Caller): Promise<{ patientId: number; lastName: string }> {
  serial += 1;
  const lastName = `Fathy${Date.now().toString(36)}${serial}`;
  const { patientId } = await made<{ patientId: number }>(visit, '/patients', {
    firstName: 'Salma',
    lastName,
    firstNameAr: 'سلمى',
    lastNameAr: lastName,
    birthDate: '1984-03-09',
    sex: 'female',
    weightKg: '61',
    weightRecordedOn: today(),
    allergyStatus: 'none_known',
    pregnant: false,
    pregnancyRecordedOn: today(),
  });
  return { patientId, lastName };
}

/** Enters a prescription with refills, for somebody who takes nothing else unless it is said for whom. */
export async function aPrescription(
  visit: Caller,
  { drugId, prescriberId }: StationWorld,
  { patientId, quantity = '10' }: { patientId?: number; quantity?: string } = {},
): Promise<number> {
  const { prescriptionId } = await made<{ prescriptionId: number }>(visit, '/prescriptions', {
    patientId: patientId ?? (await aPatient(visit)).patientId,
    drugId,
    prescriberId,
    quantity,
    daysSupply: 5,
    sig: '1 tab po bid for 5 days',
    refillsAuthorized: 3,
    prescribedDate: today(),
  });
  return prescriptionId;
}

/** Begins a fill, or with `complete` hands it over. */
export async function aFill(
  visit: Caller,
  prescriptionId: number,
  input: { complete?: boolean; quantity?: string } = {},
): Promise<number> {
  return (await made<{ fillId: number }>(visit, `/prescriptions/${prescriptionId}/fill`, input)).fillId;
}

/** Takes a fill so far that it waits to be picked up. */
export async function aReadyFill(visit: Caller, prescriptionId: number, bin?: string): Promise<number> {
  const fillId = await aFill(visit, prescriptionId);
  await made(visit, `/fills/${fillId}/verify`, {});
  await made(visit, `/fills/${fillId}/ready`, bin === undefined ? {} : { bin });
  return fillId;
}

export async function statusOf(visit: Caller, fillId: number): Promise<string> {
  return (await visit.call<{ status: string }>('GET', `/fills/${fillId}`)).body.status;
}

/** The barcode on the label of a fill. */
export const labelOf = (fillId: number): string => `F${String(fillId).padStart(8, '0')}`;

function fail(): never {
  throw new Error('the sample pharmacy lacks what the stations work with');
}
