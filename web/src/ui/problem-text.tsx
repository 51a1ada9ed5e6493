import { Alert, Code, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';
import { Ltr } from './ltr';

/** Title and detail of a problem in the user's language. */
export function useProblemText(problem: Problem): { title: string; detail: string } {
  const { t, i18n } = useTranslation();
  const key = `errors.${problem.code}`;
  // Codes without words of their own, or whose words travel with a screen that is not there yet, show the server's.
  if (!i18n.exists(key)) return { title: problem.message || t('errors.unexpected'), detail: problem.detail };
  return { title: t(key as 'errors.unexpected'), detail: problem.detail };
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
