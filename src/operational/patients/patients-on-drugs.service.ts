import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext } from '../../platform/security/request-context.js';
import type { PatientsOnDrugs, PersonOnDrugs } from '../../reference/imports/clinical-impact.types.js';
import { PatientsOnDrugsRepository } from './patients-on-drugs.repository.js';

/** Answers reference/imports who is on a product, over all branches and without names. */
@Injectable()
export class PatientsOnDrugsService implements PatientsOnDrugs {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly patients: PatientsOnDrugsRepository,
  ) {}

  async findTaking(
    drugIds: readonly number[],
    limit: number,
  ): Promise<{ people: PersonOnDrugs[]; total: number; takenDrugIds: number[] }> {
    const branches = await this.uow.read(jobContext(), (tx) => this.patients.branchIds(tx));
    return this.uow.read(jobContext(branches), async (tx) => {
      const taking = await this.patients.findTaking(tx, drugIds);
      const asked = taking.slice(0, limit);
      const people = await this.patients.findPeople(
        tx,
        asked.map(({ patientId }) => patientId),
      );
      const takenDrugIds = [...new Set(taking.flatMap((row) => row.drugIds))];
      return { people, total: taking.length, takenDrugIds };
    });
  }
}
