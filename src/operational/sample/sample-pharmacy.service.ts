import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { foldText } from '../../platform/text/fold.js';
import { PasswordService } from '../auth/password.service.js';
import { readComposition, strengthOf } from './composition.domain.js';
import { readSampleFiles, type SampleDrug, type SamplePatient } from './sample-files.js';
import { planSampleLots } from './sample-stock.domain.js';
import { SampleRepository } from './sample.repository.js';

/** What was loaded, and the password all sample staff share. */
export interface SampleReport {
  readonly drugs: number;
  readonly patients: number;
  readonly branches: number;
  readonly usernames: readonly string[];
  readonly password: string;
}

const BRANCHES = [
  [
    'MAIN',
    'Corniche Pharmacy (sample)',
    'صيدلية الكورنيش (عينة)',
    '12 Corniche Street, Alexandria',
    '+20 100 555 0001',
  ],
  [
    'GARDEN',
    'Garden Pharmacy (sample)',
    'صيدلية الحديقة (عينة)',
    '4 Garden Square, Alexandria',
    '+20 100 555 0002',
  ],
] as const;

const STAFF = [
  ['pharmacist', 'Salma Pharmacist (sample)', 'pharmacist'],
  ['technician', 'Tarek Technician (sample)', 'technician'],
  ['cashier', 'Karim Cashier (sample)', 'cashier'],
  ['clerk', 'Iman Clerk (sample)', 'inventory clerk'],
  ['auditor', 'Adel Auditor (sample)', 'auditor'],
] as const;

/** Loads the invented pharmacy a new installation can be tried with: products, lots, two branches, staff, patients. */
@Injectable()
export class SamplePharmacyService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sample: SampleRepository,
    private readonly passwords: PasswordService,
  ) {}

  /** Loads it into an installation that has no catalogue and no patients yet; answers undefined otherwise. */
  async loadIfEmpty(): Promise<SampleReport | undefined> {
    const wanted = await this.uow.read(systemContext(), (tx) => this.sample.isWanted(tx));
    if (!wanted) return undefined;
    const files = readSampleFiles();
    const password = randomBytes(12).toString('base64url');
    const hash = await this.passwords.hash(password);
    const drugs = await this.uow.runAsAdmin(systemContext(), (tx) =>
      this.sample.insertCatalogue(tx, files.drugs.map(drugRow), files.drugs.flatMap(compositionRows)),
    );
    const branchIds = await this.uow.run(systemContext(), async (tx) => {
      const ids: number[] = [];
      for (const branch of BRANCHES) ids.push(await this.sample.insertBranch(tx, branch));
      return ids;
    });
    // The last step, in one transaction, also marks the sample as loaded: a start cut off before is simply repeated.
    await this.uow.run(systemContext(branchIds), async (tx) => {
      const withName = <T extends { firstName: string; lastName: string }>(person: T) => ({
        ...person,
        nameFolded: nameOf(person),
      });
      await this.sample.insertPeople(tx, files.prescribers.map(withName), files.suppliers);
      await this.insertStock(tx, branchIds);
      await this.insertPatients(tx, branchIds[0] ?? 0, files.patients);
      for (const [username, fullName, role] of STAFF)
        await this.sample.insertStaff(tx, username, fullName, hash, role, branchIds);
      await this.sample.markLoaded(tx);
    });
    return {
      drugs,
      patients: files.patients.length,
      branches: branchIds.length,
      usernames: STAFF.map(([username]) => username),
      password,
    };
  }

  private async insertStock(tx: Tx, branchIds: readonly number[]): Promise<void> {
    const products = await this.sample.stockedProducts(tx);
    const today = await this.sample.today(tx);
    for (const [index, branchId] of branchIds.entries())
      await this.sample.insertOpeningStock(tx, branchId, planSampleLots(products, index + 1, today));
  }

  private async insertPatients(tx: Tx, branchId: number, patients: readonly SamplePatient[]): Promise<void> {
    const rows = patients.map((patient) => ({ ...patient, nameFolded: nameOf(patient) }));
    const inserted = await this.sample.insertPatients(tx, branchId, rows);
    const idByPhone = new Map(inserted.map((row) => [row.phone, row.patientId]));
    const of = <T>(list: (patient: SamplePatient) => readonly T[]) =>
      patients.flatMap((patient) =>
        list(patient).map((entry) => ({ ...entry, patientId: idByPhone.get(patient.phone) })),
      );
    await this.sample.insertHistory(
      tx,
      branchId,
      of((p) => p.allergies),
      of((p) => p.conditions),
    );
  }
}

const nameOf = (person: {
  firstName: string;
  lastName: string;
  firstNameAr?: string | null;
  lastNameAr?: string | null;
}): string =>
  foldText(
    [person.firstName, person.lastName, person.firstNameAr, person.lastNameAr].filter(Boolean).join(' '),
  );

function drugRow(drug: SampleDrug): object {
  return {
    ...drug,
    name_folded: foldText(drug.name),
    active_raw: drug.ingredients,
    strength: strengthOf(readComposition(drug.ingredients)),
    company_folded: foldText(drug.company),
    category_folded: foldText(drug.category),
    rx_only: drug.rx_only === 'true',
  };
}

const compositionRows = (drug: SampleDrug): object[] =>
  readComposition(drug.ingredients).map((part, index) => ({
    barcode: drug.barcode,
    position: index + 1,
    name_folded: foldText(part.name),
    raw_text: part.rawText,
    amount: part.amount,
    unit: part.unit,
    per_amount: part.perAmount,
    per_unit: part.perUnit,
  }));
