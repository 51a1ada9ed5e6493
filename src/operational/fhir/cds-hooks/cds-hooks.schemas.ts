import { z } from 'zod';

import { Instant, pageOf, Paging, text } from '../../../platform/http/schemas.js';

/** Hooks that are answered. */
export const HOOKS = ['order-select', 'order-sign'] as const;

/** Entries of one Bundle; a record longer than this is refused, never cut in silence. */
const MOST_ENTRIES = 1000;

const FhirId = z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/, 'must be a FHIR id');

/** A FHIR resource of any kind: FHIR is open, and each kind is read by a schema of its own. */
const Resource = z.looseObject({ resourceType: z.string().min(1).max(64) });

export const Bundle = z.object({
  resourceType: z.literal('Bundle'),
  total: z.number().optional().catch(undefined),
  link: z
    .array(z.object({ relation: z.string().max(100) }))
    .max(20)
    .optional()
    .catch(undefined),
  entry: z
    .array(
      z.object({
        fullUrl: z.string().max(500).optional().catch(undefined),
        resource: Resource.optional(),
      }),
    )
    .max(MOST_ENTRIES)
    .optional(),
});

/** What was prefetched: the resource, a Bundle of them, or null where there is nothing. */
const Prefetched = Resource.nullable().optional();

/** A call of a service as CDS Hooks 1.1 and 2.0 describe it. Tokens for the client's FHIR server are not read. */
export const CdsRequest = z
  .object({
    hook: z.string().min(1).max(100),
    hookInstance: text(100),
    fhirServer: z.string().max(2000).optional(),
    context: z.object({
      userId: text(200),
      patientId: FhirId,
      encounterId: z.string().max(200).optional(),
      /** Required by order-select: the orders just made, as 'MedicationRequest/1'. */
      selections: z.array(text(200)).max(200).optional(),
      draftOrders: Bundle,
    }),
    prefetch: z
      .object({
        patient: Prefetched,
        medications: Prefetched,
        statements: Prefetched,
        dispenses: Prefetched,
        allergies: Prefetched,
        conditions: Prefetched,
        observations: Prefetched,
      })
      .optional(),
  })
  .meta({ id: 'CdsHooksRequest' });

export type CdsRequest = z.output<typeof CdsRequest>;

export const CdsServices = z
  .object({
    services: z.array(
      z.object({
        hook: z.enum(HOOKS),
        id: z.string(),
        title: z.string(),
        description: z.string(),
        usageRequirements: z.string(),
        prefetch: z.record(z.string(), z.string()),
      }),
    ),
  })
  .meta({ id: 'CdsHooksServices' });

const Coding = z.object({ code: z.string(), system: z.string(), display: z.string() });

const CdsCard = z
  .object({
    uuid: z.string(),
    summary: z.string(),
    /** GitHub-flavoured Markdown. */
    detail: z.string(),
    indicator: z.enum(['info', 'warning', 'critical']),
    source: z.object({ label: z.string(), topic: Coding }),
    suggestions: z
      .array(
        z.object({
          uuid: z.string(),
          label: z.string(),
          actions: z.array(
            z.object({ type: z.literal('delete'), description: z.string(), resourceId: z.string() }),
          ),
        }),
      )
      .optional(),
    selectionBehavior: z.literal('at-most-one').optional(),
    overrideReasons: z.array(Coding).optional(),
  })
  .meta({ id: 'CdsHooksCard' });

export const CdsResponse = z.object({ cards: z.array(CdsCard) }).meta({ id: 'CdsHooksResponse' });

/** RFC 3339 with an offset, as the specification profiles it. */
const OutcomeTime = z.iso.datetime({ offset: true });

const FeedbackItem = z
  .object({
    card: text(100),
    outcome: z.enum(['accepted', 'overridden']),
    acceptedSuggestions: z
      .array(z.object({ id: text(100) }))
      .max(20)
      .optional(),
    overrideReason: z
      .object({
        reason: z.object({ code: text(100), system: text(300), display: text(300).optional() }).optional(),
        userComment: text(2000).optional(),
      })
      .optional(),
    outcomeTimestamp: OutcomeTime,
  })
  .refine(
    ({ outcome, acceptedSuggestions }) => (outcome === 'accepted') === (acceptedSuggestions ?? []).length > 0,
    {
      path: ['acceptedSuggestions'],
      message: 'an accepted card names its suggestions, an overridden one none',
    },
  )
  .refine(({ outcome, overrideReason }) => outcome === 'overridden' || overrideReason === undefined, {
    path: ['overrideReason'],
    message: 'only an overridden card has a reason',
  });

/** What became of cards. */
export const CdsFeedback = z
  .object({ feedback: z.array(FeedbackItem).min(1).max(100) })
  .meta({ id: 'CdsHooksFeedback' });

export type CdsFeedback = z.output<typeof CdsFeedback>;

export const CdsFeedbackStored = z.object({ stored: z.int() }).meta({ id: 'CdsHooksFeedbackStored' });

export const CdsFeedbackQuery = z.strictObject({
  ...Paging,
  outcome: z.enum(['accepted', 'overridden']).optional(),
  ruleCode: text(200).optional(),
  /** Only of cards this program gave, or only of cards it does not know. */
  known: z.enum(['true', 'false']).optional(),
});

export const CdsFeedbackPage = pageOf(
  z.object({
    feedbackId: z.int(),
    serviceId: z.string(),
    card: z.string(),
    outcome: z.enum(['accepted', 'overridden']),
    acceptedSuggestions: z.array(z.string()),
    reason: z.object({ code: z.string(), system: z.string(), display: z.string().nullable() }).nullable(),
    comment: z.string().nullable(),
    outcomeAt: Instant,
    receivedAt: Instant,
    username: z.string().nullable(),
    /** The card as it was given; null: no card of this program. */
    given: z
      .object({
        hook: z.string(),
        hookInstance: z.string(),
        /** User of the client, as it named him. */
        clientUser: z.string(),
        issuedAt: Instant,
        indicator: z.string(),
        kind: z.string(),
        severity: z.string().nullable(),
        ruleCode: z.string().nullable(),
        ruleVersion: z.int().nullable(),
      })
      .nullable(),
  }),
).meta({ id: 'CdsHooksFeedbackPage' });

export type CdsFeedbackRow = z.output<typeof CdsFeedbackPage>['data'][number];
