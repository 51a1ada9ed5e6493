import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../api/client';
import { ProblemAlert } from '../../ui/problem-text';
import { useJournalFile } from './journal-queries';

interface FileButtonsProps {
  path: string;
  name: string;
  formats: readonly string[];
  query: Query;
}

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  csv: 'CSV',
  beancount: 'Beancount',
  ledger: 'Ledger',
};

/** What is on screen as a file, whole. */
export function FileButtons({ path, name, formats, query }: FileButtonsProps) {
  const { t } = useTranslation();
  const file = useJournalFile(path, query, name);
  return (
    <div>
      <Group gap="xs">
        {formats.map((format) => (
          <Button
            key={format}
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden="true" />}
            loading={file.isPending && file.variables === format}
            onClick={() => file.mutate(format)}
          >
            {t('journal.download', { format: FORMAT_NAMES[format] ?? format })}
          </Button>
        ))}
      </Group>
      <ProblemAlert problem={file.error} notSaved={t('journal.notDownloaded')} />
    </div>
  );
}
