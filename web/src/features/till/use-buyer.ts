import { useState } from 'react';
import type { Problem } from '../../api/problem';
import type { CreateSale, JudgedLimit } from '../../api/types';

type Identity = NonNullable<CreateSale['identity']>;
export type DocumentKind = Identity['documentKind'];

/** What was entered of who buys, and why more is sold. */
interface BuyerDraft {
  documentKind: DocumentKind;
  documentNumber: string;
  birthDate: string;
  reasons: Readonly<Record<number, string>>;
}

export type Finding = JudgedLimit['findings'][number];

const OVER: ReadonlySet<Finding> = new Set(['over-sale', 'over-period', 'amount-unknown']);
const ABOUT_DOCUMENT: ReadonlySet<Finding> = new Set(['document-needed', 'person-needed']);
const CODES = new Set(['buyer-too-young', 'identity-check-required', 'purchase-limit-exceeded']);
/** As short as the server takes a number or a reason. */
const MIN_LENGTH = 3;

const limitsOf = (problem: Problem | null): readonly JudgedLimit[] =>
  problem && CODES.has(problem.code) && Array.isArray(problem.params['limits'])
    ? (problem.params['limits'] as JudgedLimit[])
    : [];

/** What stands in the way by the price and by a refusal, each limit once. */
function together(priced: readonly JudgedLimit[], refused: readonly JudgedLimit[]): JudgedLimit[] {
  const found = new Map(priced.map((limit) => [limit.limitId, limit]));
  for (const limit of refused) {
    const findings = [...new Set([...(found.get(limit.limitId)?.findings ?? []), ...limit.findings])];
    found.set(limit.limitId, { ...limit, findings });
  }
  return [...found.values()].filter(({ findings }) => findings.length > 0);
}

export interface Buyer {
  /** Limits with something in the way. */
  limits: readonly JudgedLimit[];
  draft: BuyerDraft;
  change: (part: Partial<BuyerDraft>) => void;
  /** The record of the patient says he is too young: there is nothing to enter. */
  isTooYoung: boolean;
  asksDocument: boolean;
  asksBirthDate: boolean;
  /** Limits that somebody with the right may let pass. */
  over: readonly JudgedLimit[];
  isReady: boolean;
  /** What the sale is sent with. */
  body: Pick<CreateSale, 'identity' | 'limitReasons'>;
}

/** Who buys, where purchase limits ask it: what is asked, what was entered, and whether it is enough. */
export function useBuyer(
  priced: readonly JudgedLimit[],
  problem: Problem | null,
  mayOverride: boolean,
): Buyer {
  const [draft, setDraft] = useState<BuyerDraft>({
    documentKind: 'national_id',
    documentNumber: '',
    birthDate: '',
    reasons: {},
  });
  const limits = together(priced, limitsOf(problem));
  const asks = (findings: ReadonlySet<Finding>) =>
    limits.some((limit) => limit.findings.some((finding) => findings.has(finding)));
  const asksDocument = asks(ABOUT_DOCUMENT);
  const asksBirthDate =
    limits.some(({ minimumAge }) => minimumAge !== null) && asks(new Set(['age-unknown', 'too-young']));
  const isTooYoung = priced.some(({ findings }) => findings.includes('too-young'));
  const over = limits.filter(({ findings }) => findings.some((finding) => OVER.has(finding)));
  const number = draft.documentNumber.trim();
  const reasonOf = (limit: JudgedLimit) => (draft.reasons[limit.limitId] ?? '').trim();
  const isReady =
    !isTooYoung &&
    (!asksDocument || number.length >= MIN_LENGTH) &&
    (!asksBirthDate || draft.birthDate !== '') &&
    (over.length === 0 || (mayOverride && over.every((limit) => reasonOf(limit).length >= MIN_LENGTH)));
  return {
    limits,
    draft,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    isTooYoung,
    asksDocument,
    asksBirthDate,
    over,
    isReady,
    body: {
      ...(asksDocument || asksBirthDate
        ? {
            identity: {
              documentKind: draft.documentKind,
              ...(number.length >= MIN_LENGTH ? { documentNumber: number } : {}),
              ...(draft.birthDate === '' ? {} : { birthDate: draft.birthDate }),
            },
          }
        : {}),
      ...(over.length > 0
        ? { limitReasons: over.map((limit) => ({ limitId: limit.limitId, reason: reasonOf(limit) })) }
        : {}),
    },
  };
}
