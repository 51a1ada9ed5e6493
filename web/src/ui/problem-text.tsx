import { Alert, Code, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';
import { Ltr } from './ltr';

/** Codes that have words of their own in every language; others show the server's detail. */
const KNOWN = [
  'unreachable',
  'unexpected',
  'insufficient-stock',
  'stale-version',
  'invalid-transition',
  'screening-stop',
  'refill-too-soon',
  'price-ceiling',
  'rule-violation',
  'duplicate',
  'no-open-shift',
  'not-found',
  'forbidden',
  'unauthenticated',
  'too-many-requests',
  'invalid-request',
  'temporarily-unavailable',
  'internal-error',
  'wrong-password',
  'password-refused',
  'idempotency-key-reused',
  'lot-not-dispensable',
  'lot-expired',
  'prescription-required',
  'drug-recalled',
  'unit-not-sold',
  'discount-limit',
  'amount-too-fine',
  'payment-short',
  'change-only-from-cash',
  'returned-more-than-sold',
  'fill-already-sold',
  'fill-not-dispensed',
  'sale-not-reversible',
  'shift-already-open',
  'shift-closed',
  'prescription-not-fillable',
  'quantity-exceeds-authority',
  'controlled-refills',
  'prescribed-date-refused',
  'drug-not-dispensable',
  'second-person-required',
  'counter-policy-off',
  'prescription-has-open-fills',
  'no-label',
  'clinical-review-required',
  'work-taken',
  'lease-ended',
  'transfer-refused',
  'substitution-refused',
  'scan-mismatch',
  'scan-incomplete',
  'scan-required',
  'unknown-bin',
  'patient-merged',
  'patient-deceased',
  'merge-unconfirmed',
  'merge-not-undoable',
  'bin-held',
  'identifiers-required',
  'identifier-mismatch',
  'counselling-required',
  'collector-document-required',
  'fill-claimed',
  'no-cover',
  'fill-not-claimable',
  'claim-order',
  'claim-sold',
  'claim-not-payable',
  'claim-unsettled',
  'claimed-line-whole',
  'claim-moved',
  'payer-unavailable',
  'nothing-to-export',
  'controlled-rest-refused',
  'partial-reason-required',
  'controlled-cap-exceeded',
  'witness-required',
  'witness-refused',
  'controlled-count-missing',
  'controlled-difference-unexplained',
  'controlled-day-closed',
  'override-reason-needed',
  'override-reason-unfit',
  'override-unknown-alert',
  'step-up-required',
  'not-screened',
  'clinical-rules-would-be-lost',
  'link-not-undoable',
  'document-refused',
  'too-many-documents',
  'content-too-large',
  'import-refused',
  'import-running',
  'release-not-ready',
  'catalogue-moved',
  'release-edited-since',
  'rules-moved',
  'rules-edited-since',
] as const;

type Known = (typeof KNOWN)[number];

function knownCode(problem: Problem): Known | undefined {
  return KNOWN.find((code) => code === problem.code);
}

/** Title and detail of a problem in the user's language. */
export function useProblemText(problem: Problem): { title: string; detail: string } {
  const { t } = useTranslation();
  const known = knownCode(problem);
  if (known === undefined)
    return { title: problem.message || t('errors.unexpected'), detail: problem.detail };
  return { title: t(`errors.${known}`), detail: problem.detail };
}

interface ProblemAlertProps {
  problem: Problem | null | undefined;
  /** What was not saved, in words. */
  notSaved?: string;
}

/** A refused action, shown where it was asked for: what happened, what was not saved, the code to quote. */
export function ProblemAlert({ problem, notSaved }: ProblemAlertProps) {
  return problem ? <ShownProblem problem={problem} notSaved={notSaved} /> : null;
}

function ShownProblem({ problem, notSaved }: { problem: Problem; notSaved: string | undefined }) {
  const { t } = useTranslation();
  const { title, detail } = useProblemText(problem);
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={title}>
      {detail !== '' && <Text size="sm">{detail}</Text>}
      {problem.fields.length > 0 && (
        <List size="sm">
          {problem.fields.map((field) => (
            <List.Item key={field.pointer + field.detail}>
              <Ltr>
                <Code>{field.pointer}</Code>
              </Ltr>{' '}
              {field.detail}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm" mt={4}>
        {problem.outcomeUnknown ? t('errors.outcomeUnknown') : notSaved}
      </Text>
      {problem.requestId !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('errors.quote')}{' '}
          <Ltr>
            <Code>{problem.requestId}</Code>
          </Ltr>
        </Text>
      )}
    </Alert>
  );
}
