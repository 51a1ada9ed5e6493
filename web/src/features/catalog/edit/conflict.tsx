import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../ui/data-table';
import { Notice } from '../../../ui/notice';
import { changedFields, type DrugBody, type DrugDraft, toCreate } from './drug-draft.domain';

interface ConflictProps {
  /** What this user read before he began. */
  before: DrugDraft;
  mine: DrugDraft;
  /** What stands there now. */
  theirs: DrugDraft;
  /** Forget what was typed and start from what stands there now. */
  onReload: () => void;
  /** Keep what was typed on top of what stands there now. */
  onKeep: () => void;
}

type Field = keyof DrugBody;

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Somebody else saved the product meanwhile: what he changed, beside one's own. Nothing is overwritten unseen. */
export function Conflict({ before, mine, theirs, onReload, onKeep }: ConflictProps) {
  const { t } = useTranslation();
  const fields = changedFields(before, theirs);
  const [there, here] = [toCreate(theirs), toCreate(mine)];
  const columns: Column<Field>[] = [
    { id: 'field', header: t('audit.field'), cell: (field) => t(`catalog.bodyField.${field}`) },
    { id: 'theirs', header: t('catalog.theirs'), cell: (field) => <bdi>{shown(there[field])}</bdi> },
    { id: 'mine', header: t('catalog.mine'), cell: (field) => <bdi>{shown(here[field])}</bdi> },
  ];
  return (
    <Notice tone="warn" role="alert" title={t('errors.stale-version')}>
      <DataTable label={t('catalog.theirs')} columns={columns} rows={fields} rowKey={(field) => field} />
      <Text size="sm" my={8}>
        {t('catalog.conflictHint')}
      </Text>
      <Group gap="sm">
        <Button size="compact-md" onClick={onReload}>
          {t('catalog.takeTheirs')}
        </Button>
        <Button size="compact-md" variant="default" onClick={onKeep}>
          {t('catalog.keepMine')}
        </Button>
      </Group>
    </Notice>
  );
}
