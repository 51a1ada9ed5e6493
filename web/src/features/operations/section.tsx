import { Group, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '../../ui/page';
import { ErrorView, LoadingRows } from '../../ui/states';

interface SectionProps<Answer> {
  title: string;
  query: UseQueryResult<Answer>;
  actions?: ReactNode;
  children: (answer: Answer) => ReactNode;
}

/** A part of the screen with its heading: what it shows, or that it loads, or why it cannot be shown. */
export function Section<Answer>({ title, query, actions, children }: SectionProps<Answer>) {
  return (
    <>
      <Group justify="space-between" align="flex-end">
        <Title order={2} size="h3">
          {title}
        </Title>
        {actions}
      </Group>
      <Card flush label={title} isBusy={query.isPlaceholderData}>
        {query.isPending && <LoadingRows rows={3} />}
        {query.isError && <ErrorView error={query.error} retry={() => void query.refetch()} />}
        {query.data !== undefined && children(query.data)}
      </Card>
    </>
  );
}
