import { Inject, Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { ClinicalService } from '../clinical/clinical.service.js';
import type { ClinicalAlert, Screening } from '../clinical/clinical.types.js';
import { PATIENTS_ON_DRUGS, type PatientsOnDrugs } from './clinical-impact.types.js';
import type { ClinicalImpact } from './imports.types.js';
import { ReleasesRepository } from './releases.repository.js';

/** People judged at most: some seconds of work. */
const MOST_PEOPLE = 5000;
/** Alerts named at most. */
const MOST_ALERTS = 50;

type Grave = 'contraindicated' | 'major';

const isGrave = (alert: ClinicalAlert): alert is ClinicalAlert & { severity: Grave } =>
  alert.severity === 'contraindicated' || alert.severity === 'major';

/** What a release would do to the alerts of people who are on medicines now. */
@Injectable()
export class ClinicalImpactService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly releases: ReleasesRepository,
    private readonly clinical: ClinicalService,
    @Inject(PATIENTS_ON_DRUGS) private readonly patients: PatientsOnDrugs,
  ) {}

  /**
   * Screens every active patient on a product whose ingredients a staged release changes, as it is and as it would be, and
   * counts who gains and who loses a grave alert.
   */
  async judge(ctx: RequestContext, releaseId: number): Promise<ClinicalImpact> {
    const drugIds = await this.uow.read(ctx, (tx) => this.releases.drugsOfOtherIngredients(tx, releaseId));
    const tally = new ImpactTally();
    if (drugIds.length === 0) return tally.result(0, 0, 0, false);
    const { people, total, takenDrugIds } = await this.patients.findTaking(drugIds, MOST_PEOPLE);
    if (people.length === 0) return tally.result(drugIds.length, 0, 0, false);
    await this.uow.read(ctx, async (tx) => {
      const changed = await this.releases.changedCompositions(tx, releaseId, takenDrugIds);
      const facts = people.map(({ patient, current, today }) => ({
        patient,
        proposed: current,
        current: [],
        today,
      }));
      for (const { before, after } of await this.clinical.compare(tx, facts, changed))
        tally.add(before, after);
    });
    return tally.result(drugIds.length, takenDrugIds.length, total, total > people.length);
  }

  async keep(tx: Tx, releaseId: number, impact: ClinicalImpact): Promise<void> {
    await this.releases.keepImpact(tx, releaseId, impact);
  }
}

/** Counts people, and alerts by what they say. */
class ImpactTally {
  private readonly gain = { contraindicated: 0, major: 0 };
  private readonly lose = { contraindicated: 0, major: 0 };
  private readonly alerts = new Map<string, ClinicalImpact['alerts'][number]>();

  add(before: Screening, after: Screening): void {
    this.compare('gain', after, before);
    this.compare('lose', before, after);
  }

  result(changedDrugs: number, takenDrugs: number, patients: number, isPartial: boolean): ClinicalImpact {
    const alerts = [...this.alerts.values()]
      .sort((a, b) => b.patients - a.patients || a.message.localeCompare(b.message))
      .slice(0, MOST_ALERTS);
    return { changedDrugs, takenDrugs, patients, gain: this.gain, lose: this.lose, alerts, isPartial };
  }

  private compare(change: 'gain' | 'lose', having: Screening, lacking: Screening): void {
    const known = new Set(lacking.alerts.map(({ fingerprint }) => fingerprint));
    const grave = having.alerts.filter(isGrave).filter(({ fingerprint }) => !known.has(fingerprint));
    for (const severity of ['contraindicated', 'major'] as const)
      if (grave.some((alert) => alert.severity === severity)) this[change][severity] += 1;
    for (const { severity, kind, message } of grave) {
      const key = `${change} ${severity} ${message}`;
      const alert = this.alerts.get(key) ?? { change, severity, kind, message, patients: 0 };
      alert.patients += 1;
      this.alerts.set(key, alert);
    }
  }
}
