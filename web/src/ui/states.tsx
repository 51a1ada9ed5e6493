import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconInbox, IconPlugConnectedX, type TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import { Ltr } from './ltr';
import { ProblemDetail, useProblemText } from './problem-text';

const SKELETON_AFTER_MS = 120;

/** Grey rows while a list loads; nothing at all for answers that come at once. */
export function LoadingRows({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Stack gap={10} p="md" role="status" aria-label={t('common.loading')} mih={60}>
      {shown && Array.from({ length: rows }, (_, index) => <Skeleton key={index} height={28} radius="sm" />)}
    </Stack>
  );
}

interface EmptyViewProps {
  /** Why there is nothing. */
  title: string;
  /** The one next action, in words. */
  hint?: ReactNode;
  action?: ReactNode;
  icon?: TablerIcon;
}

/** Nothing to show: why, and the one thing to do next. */
export function EmptyView({ title, hint, action, icon: Icon = IconInbox }: EmptyViewProps) {
  return (
    <Stack align="center" gap={8} py={36} px="md" ta="center">
      <Icon size={34} stroke={1.4} color="var(--m-muted)" aria-hidden="true" />
      <Text fw={600}>{title}</Text>
      {hint !== undefined && (
        <Text size="sm" c="dimmed" maw={460}>
          {hint}
        </Text>
      )}
      {action}
    </Stack>
  );
}

/** A screen's data could not be had: what happened, the code to quote, and another try. */
export function ErrorView({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const words = useProblemText(problem);
  return (
    <Stack align="center" gap={8} py={36} px="md" ta="center" role="alert">
      <IconPlugConnectedX size={34} stroke={1.4} color="var(--m-stop)" aria-hidden="true" />
      <Text fw={600}>{words.title}</Text>
      {words.detail !== '' && (
        <Text size="sm" c="dimmed" maw={520}>
          <ProblemDetail words={words} />
        </Text>
      )}
      <Group gap="xs" justify="center">
        {retry && (
          <Button variant="default" onClick={retry}>
            {t('common.tryAgain')}
          </Button>
        )}
      </Group>
      {problem.requestId !== undefined && (
        <Text size="xs" c="dimmed">
          {t('errors.quote')}{' '}
          <Ltr>
            <Code>{problem.requestId}</Code>
          </Ltr>
        </Text>
      )}
    </Stack>
  );
}
