import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';
import type { RequestContext } from '../../../platform/security/request-context.js';
import type { CdsFeedback, CdsFeedbackRow, CdsRequest } from './cds-hooks.schemas.js';
import { COUNT_FEEDBACK, FIND_FEEDBACK, INSERT_CARDS, INSERT_FEEDBACK } from './cds-hooks.sql.js';
import type { MadeCard } from './cards.domain.js';

type StoredRow = Omit<CdsFeedbackRow, 'outcomeAt' | 'receivedAt'> & { outcomeAt: Date; receivedAt: Date };

/** Cards as given, and what became of them. Nothing of the patient is kept: neither who, nor what was sent about him. */
@Injectable()
export class CdsHooksRepository {
  async insertCards(
    tx: Tx,
    ctx: RequestContext,
    serviceId: string,
    request: CdsRequest,
    cards: readonly MadeCard[],
  ): Promise<void> {
    const rows = cards.map(({ card, alert }) => ({
      cardUuid: card.uuid,
      indicator: card.indicator,
      kind: card.source.topic.code,
      severity: alert?.severity ?? null,
      fingerprint: alert?.fingerprint ?? null,
      ruleCode: alert?.ruleCode ?? null,
      ruleId: alert?.ruleId ?? null,
      ruleVersion: alert?.ruleVersion ?? null,
    }));
    await tx.execute(INSERT_CARDS, [
      ctx.branchId,
      serviceId,
      request.hook,
      request.hookInstance,
      request.context.userId,
      ctx.actor.userId,
      JSON.stringify(rows),
    ]);
  }

  /** Stores feedback as it came and answers how many rows. */
  insertFeedback(tx: Tx, ctx: RequestContext, serviceId: string, { feedback }: CdsFeedback): Promise<number> {
    const rows = feedback.map(({ card, outcome, acceptedSuggestions, overrideReason, outcomeTimestamp }) => ({
      card,
      outcome,
      acceptedSuggestions: (acceptedSuggestions ?? []).map(({ id }) => id),
      reasonCode: overrideReason?.reason?.code ?? null,
      reasonSystem: overrideReason?.reason?.system ?? null,
      reasonDisplay: overrideReason?.reason?.display ?? null,
      comment: overrideReason?.userComment ?? null,
      outcomeAt: outcomeTimestamp,
    }));
    return tx.execute(INSERT_FEEDBACK, [ctx.branchId, serviceId, ctx.actor.userId, JSON.stringify(rows)]);
  }

  async findFeedback(
    tx: Tx,
    filter: { outcome: string | undefined; ruleCode: string | undefined; known: boolean | undefined },
    limit: number,
    offset: number,
  ): Promise<{ rows: CdsFeedbackRow[]; total: number }> {
    const values = [filter.outcome, filter.ruleCode, filter.known].map((value) => value ?? null);
    const [rows, { total }] = await Promise.all([
      tx.query<StoredRow>(FIND_FEEDBACK, [...values, limit, offset]),
      tx.one<{ total: number }>(COUNT_FEEDBACK, values),
    ]);
    return {
      rows: rows.map((row) => ({
        ...row,
        outcomeAt: row.outcomeAt.toISOString(),
        receivedAt: row.receivedAt.toISOString(),
      })),
      total,
    };
  }
}
