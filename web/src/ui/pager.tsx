import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PageMeta } from '../api/types';
import { Keys, useKeys } from './hotkeys/hotkeys';

/** Previous/next under a list (P and N outside of fields), with the range in words. */
export function Pager({ meta, onPage }: { meta: PageMeta; onPage: (page: number) => void }) {
  const { t } = useTranslation();
  const pages = Math.max(1, Math.ceil(meta.total / meta.limit));
  const from = meta.total === 0 ? 0 : (meta.page - 1) * meta.limit + 1;
  const to = Math.min(meta.total, meta.page * meta.limit);
  const isFirst = meta.page <= 1;
  const isLast = meta.page >= pages;
  useKeys(
    pages > 1
      ? [
          { combo: 'P', label: t('common.previous'), run: () => onPage(meta.page - 1), disabled: isFirst },
          { combo: 'N', label: t('common.next'), run: () => onPage(meta.page + 1), disabled: isLast },
        ]
      : [],
  );
  return (
    <Group justify="space-between" px="md" py={8}>
      <Text size="sm" c="dimmed">
        {t(meta.capped ? 'common.rangeOfMore' : 'common.range', { from, to, total: meta.total })}
      </Text>
      {pages > 1 && (
        <Group gap="xs" role="group" aria-label={t('common.pages')}>
          <Button
            size="xs"
            variant="default"
            disabled={isFirst}
            rightSection={<Keys combo="P" />}
            aria-keyshortcuts="P"
            onClick={() => onPage(meta.page - 1)}
          >
            {t('common.previous')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={isLast}
            rightSection={<Keys combo="N" />}
            aria-keyshortcuts="N"
            onClick={() => onPage(meta.page + 1)}
          >
            {t('common.next')}
          </Button>
        </Group>
      )}
    </Group>
  );
}
