import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PageMeta } from '../api/types';

/** Previous/next under a list, with the range in words. */
export function Pager({ meta, onPage }: { meta: PageMeta; onPage: (page: number) => void }) {
  const { t } = useTranslation();
  const pages = Math.max(1, Math.ceil(meta.total / meta.limit));
  const from = meta.total === 0 ? 0 : (meta.page - 1) * meta.limit + 1;
  const to = Math.min(meta.total, meta.page * meta.limit);
  return (
    <Group justify="space-between" px="md" py={8}>
      <Text size="sm" c="dimmed">
        {t('common.range', { from, to, total: meta.total })}
      </Text>
      {pages > 1 && (
        <Group gap="xs" role="group" aria-label={t('common.pages')}>
          <Button size="xs" variant="default" disabled={meta.page <= 1} onClick={() => onPage(meta.page - 1)}>
            {t('common.previous')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={meta.page >= pages}
            onClick={() => onPage(meta.page + 1)}
          >
            {t('common.next')}
          </Button>
        </Group>
      )}
    </Group>
  );
}
