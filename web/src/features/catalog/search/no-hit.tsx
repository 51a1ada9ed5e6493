import { Button, Group, List, Stack, Text } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session/session';
import { EmptyView } from '../../../ui/states';
import { useFilterText } from './filter-text';
import { chosenFilters, type DrugFilters, NO_FILTERS, withoutLastWord } from './filters.domain';

interface NoHitProps {
  query: string | undefined;
  filters: DrugFilters;
  onQuery: (query: string) => void;
  onFilters: (change: DrugFilters) => void;
}

const TRIED = ['words', 'names', 'spellings', 'typos', 'codes'] as const;

/** Nothing was found: what was tried, and what can be done about it. */
export function NoHit({ query, filters, onQuery, onFilters }: NoHitProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const textOf = useFilterText();
  const chosen = chosenFilters(filters);
  const shorter = query === undefined ? undefined : withoutLastWord(query);
  return (
    <EmptyView
      icon={IconSearchOff}
      title={query === undefined ? t('drugs.emptyCatalog') : t('drugs.noHit', { query })}
      hint={query === undefined ? t('drugs.emptyCatalogHint') : undefined}
      action={
        <Stack gap="sm" align="center">
          {query !== undefined && (
            <div>
              <Text size="sm">{t('drugs.tried')}</Text>
              <List size="sm" c="dimmed" ta="start">
                {TRIED.map((one) => (
                  <List.Item key={one}>{t(`drugs.triedHow.${one}`)}</List.Item>
                ))}
                {chosen.length > 0 && (
                  <List.Item>
                    {t('drugs.triedWithin')} <bdi>{chosen.map(textOf).join(' · ')}</bdi>
                  </List.Item>
                )}
              </List>
            </div>
          )}
          <Group gap="xs" justify="center">
            {chosen.length > 0 && (
              <Button variant="default" onClick={() => onFilters(NO_FILTERS)}>
                {t('drugs.clearFilters')}
              </Button>
            )}
            {shorter !== undefined && (
              <Button variant="default" onClick={() => onQuery(shorter)}>
                {t('drugs.searchFor')}&nbsp;<bdi>{shorter}</bdi>
              </Button>
            )}
            {can('ManageDrugCatalog') && (
              <Button component={Link} to="/drugs/new" variant="default">
                {t('drugs.newTitle')}
              </Button>
            )}
          </Group>
        </Stack>
      }
    />
  );
}
