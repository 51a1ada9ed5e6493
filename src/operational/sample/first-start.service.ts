import { Injectable } from '@nestjs/common';

import { AtcTreeService } from '../../reference/reference-data/therapeutic-categories/atc-tree.service.js';
import { HubLinksService } from '../../reference/hub/hub-links.service.js';
import { StarterRulesService } from '../../reference/clinical/starter-rules.service.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { jobContext, systemContext } from '../../platform/security/request-context.js';
import { AdministratorService, type NewAdministrator } from '../auth/administrator.service.js';
import { PasswordLinksService } from '../auth/password-links/password-links.service.js';
import { InstallationRepository } from './installation.repository.js';
import { SamplePharmacyService, type SampleReport } from './sample-pharmacy.service.js';

/** What a first start made; empty at every later start. */
export interface FirstStartReport {
  readonly administrator: NewAdministrator | undefined;
  readonly sample: SampleReport | undefined;
  /** Token of the link by which the administrator sets his password, where one was made up for him. */
  readonly setUpToken: string | undefined;
  /** True when the sample pharmacy is or was loaded. */
  readonly holdsSample: boolean;
}

/**
 * Makes a new installation usable: clinical starter rules, the ATC tree, the administrator, and the sample pharmacy if
 * wanted. At every start it also forgets the answers of commands long past.
 */
@Injectable()
export class FirstStartService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly installation: InstallationRepository,
    private readonly rules: StarterRulesService,
    private readonly administrator: AdministratorService,
    private readonly links: PasswordLinksService,
    private readonly sample: SamplePharmacyService,
    private readonly atcTree: AtcTreeService,
    private readonly hub: HubLinksService,
  ) {}

  async prepare(options: { adminPassword?: string; loadSample: boolean }): Promise<FirstStartReport> {
    const isBranch = await this.hub.isBranch();
    await this.loadStarterRules();
    if (!isBranch) await this.atcTree.load();
    await this.uow.run(jobContext(), (tx) => this.installation.pruneIdempotencyKeys(tx));
    const administrator = await this.administrator.ensure(options.adminPassword);
    const sample = options.loadSample && !isBranch ? await this.sample.loadIfEmpty() : undefined;
    const setUpToken =
      administrator?.password === undefined ? undefined : await this.links.make(administrator.username);
    const holdsSample = await this.uow.read(systemContext(), (tx) => this.installation.holdsSample(tx));
    return { administrator, sample, setUpToken, holdsSample };
  }

  /** Makes a first branch when there is none: patients that are imported before the first start need one. */
  ensureBranch(): Promise<void> {
    return this.administrator.ensureBranch();
  }

  /**
   * Loads the clinical starter rules unless exactly these were loaded before; an import needs their ingredients. A branch of a hub has those of
   * the hub.
   */
  async loadStarterRules(): Promise<void> {
    if (await this.hub.isBranch()) return;
    const before = await this.uow.read(systemContext(), (tx) => this.installation.rulesSha256(tx));
    const loaded = await this.rules.loadWhenNew(before);
    if (loaded) await this.uow.run(systemContext(), (tx) => this.installation.noteRules(tx, loaded));
  }
}
