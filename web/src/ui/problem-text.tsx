import { Alert, Code, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';
import { loadErrorTexts } from '../i18n/i18n';
import { dateText } from './date-text';
import { Ltr } from './ltr';
import { type ProblemWords, wordsOf } from './problem-words.domain';

/** Title and detail of a problem in the user's language; in the server's until the words are there. */
export function useProblemText(problem: Problem): ProblemWords {
  const { t, i18n } = useTranslation();
  const [, setLoaded] = useState(false);
  useEffect(() => {
    // Without a connection the server's words stay: there is nothing else to say them with.
    loadErrorTexts().then(
      () => setLoaded(true),
      () => undefined,
    );
  }, []);
  return wordsOf(
    {
      code: problem.code,
      title: problem.message || t('errors.unexpected'),
      detail: problem.detail,
      params: problem.params,
    },
    {
      raw: (key) => {
        const text: unknown = i18n.getResource(i18n.language, 'translation', key);
        return typeof text === 'string' ? text : undefined;
      },
      date: (value) => dateText(value, i18n.language),
    },
  );
}

/** The detail of a problem; English words on a screen of another language are marked as such. */
export function ProblemDetail({ words: { detail, isForeign } }: { words: ProblemWords }) {
  return isForeign ? (
    <span lang="en" dir="ltr">
      {detail}
    </span>
  ) : (
    detail
  );
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
  const words = useProblemText(problem);
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={words.title}
    >
      {words.detail !== '' && (
        <Text size="sm">
          <ProblemDetail words={words} />
        </Text>
      )}
      {problem.fields.length > 0 && (
        <ul style={{ margin: 0, paddingInlineStart: 20, fontSize: '0.875rem' }}>
          {problem.fields.map((field) => (
            <li key={field.pointer + field.detail}>
              <Ltr>
                <Code>{field.pointer}</Code>
              </Ltr>{' '}
              {field.detail}
            </li>
          ))}
        </ul>
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
