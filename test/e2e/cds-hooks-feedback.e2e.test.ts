// CDS Hooks: what users made of the cards.
import { describe, expect, it } from 'vitest';

import { bundle, order, PATIENT_ID, prefetch, signing } from '../builders/cds-call.js';
import { aWorldFor } from '../builders/world.js';
import { ibuprofen, ofWarfarin, SERVICE, useCdsHooks } from '../support/cds-hooks.js';

describe('CDS Hooks', () => {
  const { call, cardsOf, db, ehr } = useCdsHooks();

  describe('feedback', () => {
    interface FeedbackPage {
      data: Record<string, unknown>[];
      meta: { total: number };
    }
    const at = '2026-11-30T10:05:31Z';
    const send = (feedback: unknown, token = ehr().token) =>
      call('POST', `${SERVICE}/feedback`, { token, body: { feedback } });

    it('is kept, with the card it is about, for the auditor of the branch', async () => {
      const cards = await cardsOf(
        signing([order('1', ibuprofen)], prefetch({ medications: bundle(ofWarfarin) })),
      );
      const [card] = cards;
      const stored = await send([
        {
          card: card?.uuid,
          outcome: 'overridden',
          overrideReason: {
            reason: { code: 'benefit_outweighs_risk', system: 'urn:meditory:override-reason' },
            userComment: 'Short course, INR in three days.',
          },
          outcomeTimestamp: at,
        },
        {
          card: card?.uuid,
          outcome: 'accepted',
          acceptedSuggestions: [{ id: card?.suggestions?.[0]?.uuid }],
          outcomeTimestamp: at,
        },
        {
          card: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
          outcome: 'overridden',
          outcomeTimestamp: '2020-12-11T00:00:00+02:00',
        },
      ]);
      expect([stored.status, stored.body]).toEqual([200, { stored: 3 }]);

      const auditor = await aWorldFor(db, 'auditor', { branchId: ehr().branchId });
      const page = await call<FeedbackPage>('GET', '/cds-feedback', { token: auditor.token });
      expect(page.body.meta.total).toBe(3);
      const [unknown, accepted, overridden] = page.body.data;
      expect(unknown).toMatchObject({ given: null, outcomeAt: '2020-12-10T22:00:00.000Z' });
      expect(accepted).toMatchObject({
        outcome: 'accepted',
        acceptedSuggestions: [card?.suggestions?.[0]?.uuid],
      });
      expect(overridden).toMatchObject({
        card: card?.uuid,
        reason: { code: 'benefit_outweighs_risk', system: 'urn:meditory:override-reason', display: null },
        comment: 'Short course, INR in three days.',
        given: {
          hook: 'order-sign',
          clientUser: 'Practitioner/1',
          kind: 'interaction',
          indicator: 'critical',
          ruleVersion: 1,
        },
      });
      const { ruleCode } = (overridden?.given ?? {}) as { ruleCode: string };
      const ofRule = await call<FeedbackPage>(
        'GET',
        `/cds-feedback?ruleCode=${encodeURIComponent(ruleCode)}&limit=1`,
        {
          token: auditor.token,
        },
      );
      expect([ofRule.body.meta.total, ofRule.body.data.length]).toEqual([2, 1]);
      const strange = await call<FeedbackPage>('GET', '/cds-feedback?known=false', { token: auditor.token });
      expect(strange.body.meta.total).toBe(1);

      const elsewhere = await aWorldFor(db, 'auditor');
      const nothing = await call<FeedbackPage>('GET', '/cds-feedback', { token: elsewhere.token });
      expect(nothing.body.meta.total).toBe(0);
      expect((await call('GET', '/cds-feedback', { token: ehr().token })).status).toBe(403);
      // A card of another branch is not linked, and a guess at one tells nothing.
      const other = await aWorldFor(db, ['ReadDrug']);
      await send([{ card: card?.uuid, outcome: 'overridden', outcomeTimestamp: at }], other.token);
      const { rows } = await db.owner.query(
        'select card_uuid from operational.cds_feedback where branch_id = $1',
        [other.branchId],
      );
      expect(rows).toEqual([{ card_uuid: null }]);
    });

    it('is never changed, and audited', async () => {
      for (const statement of [
        "update operational.cds_feedback set outcome = 'accepted'",
        'delete from operational.cds_feedback',
        'update operational.cds_cards set hook_instance = hook_instance',
        'truncate operational.cds_feedback, operational.cds_cards',
      ])
        await expect(db.owner.query(statement)).rejects.toMatchObject({ code: 'MD004' });
      const { rows } = await db.owner.query<{ n: number }>(
        `select count(*)::int as n from operational.cds_feedback f where not exists (
           select from operational.audit_logs a where a.table_name = 'cds_feedback' and a.row_key = f.feedback_id::text)`,
      );
      expect(rows).toEqual([{ n: 0 }]);
    });

    it.each([
      ['no list', undefined],
      ['an empty list', []],
      ['accepted without a suggestion', [{ card: 'x', outcome: 'accepted', outcomeTimestamp: at }]],
      ['another outcome', [{ card: 'x', outcome: 'ignored', outcomeTimestamp: at }]],
      [
        'a time without a zone',
        [{ card: 'x', outcome: 'overridden', outcomeTimestamp: '2026-11-30T10:05:31' }],
      ],
      [
        'a NUL in the comment',
        [
          {
            card: 'x',
            outcome: 'overridden',
            outcomeTimestamp: at,
            overrideReason: { userComment: 'a\u0000b' },
          },
        ],
      ],
    ])('is refused: %s', async (_, feedback) => {
      expect((await send(feedback)).status).toBe(400);
    });

    it('keeps nothing that says who the patient was', async () => {
      const { rows } = await db.owner.query<{ text: string }>(
        'select (select json_agg(c) from operational.cds_cards c)::text as text',
      );
      expect(rows[0]?.text).not.toContain(PATIENT_ID);
      expect(rows[0]?.text).not.toContain('1986-01-15');
    });
  });
});
