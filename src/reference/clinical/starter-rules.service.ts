import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { systemContext } from '../../platform/security/request-context.js';
import { readStarterRules, starterRulesFolder } from './starter-rules.files.js';
import { applyStarterRules, type StarterRulesReport } from './starter-rules.js';

/** Loads the clinical rules Meditory ships: ingredients, synonyms, groups and the four kinds of rules. */
@Injectable()
export class StarterRulesService {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Brings the rules to what the files say, in one transaction as pharmacy_admin. What is so already is left alone, a
   * changed rule gets a new version, rules of the pharmacy's own stay. Throws StarterRulesFault naming file and line.
   */
  async load(
    folder: string = starterRulesFolder(),
  ): Promise<StarterRulesReport & { readonly sha256: string }> {
    return this.apply(await readStarterRules(folder));
  }

  /**
   * Loads the shipped files unless they are the ones loaded before (by hash), so that what a pharmacist changed since
   * stays changed over restarts. Answers the hash of what was loaded, or undefined when nothing was.
   */
  async loadWhenNew(loadedBefore: string | undefined): Promise<string | undefined> {
    const rules = await readStarterRules(starterRulesFolder());
    return rules.sha256 === loadedBefore ? undefined : (await this.apply(rules)).sha256;
  }

  /** Loads the shipped files within a transaction that may write `reference`, as part of something larger. */
  async loadIn(tx: Tx): Promise<StarterRulesReport> {
    return applyStarterRules(tx, await readStarterRules(starterRulesFolder()));
  }

  private async apply(
    rules: Awaited<ReturnType<typeof readStarterRules>>,
  ): Promise<StarterRulesReport & { readonly sha256: string }> {
    const report = await this.uow.runAsAdmin(systemContext(), (tx) => applyStarterRules(tx, rules));
    return { ...report, sha256: rules.sha256 };
  }
}
