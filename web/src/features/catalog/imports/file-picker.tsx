import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileUpload, IconTrash } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../../ui/ltr';
import { Card } from '../../../ui/page';
import classes from './imports.module.css';
import { sizeText } from './progress.domain';

interface FilePickerProps {
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
  /** Which files are wanted, in words. */
  children?: ReactNode;
}

/** Files to import: chosen with a button or dropped; archives (zip, gz) are opened by the server. */
export function FilePicker({ files, onChange, children }: FilePickerProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  function add(list: FileList | null): void {
    const fresh = [...(list ?? [])].filter((file) => !files.some((one) => one.name === file.name));
    if (fresh.length > 0) onChange([...files, ...fresh]);
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setIsOver(false);
    add(event.dataTransfer.files);
  }

  return (
    <Card label={t('imports.files')}>
      <Title order={2} mb={8}>
        {t('imports.files')}
      </Title>
      {children}
      <div
        className={classes['drop']}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
      >
        <Button
          variant="default"
          leftSection={<IconFileUpload size={18} />}
          onClick={() => input.current?.click()}
        >
          {t('imports.chooseFiles')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('imports.dropHint')}
        </Text>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('imports.chooseFiles')}
          onChange={(event) => {
            add(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {files.length > 0 && (
        <Stack gap={4} mt={10} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {files.map((file) => (
            <Group key={file.name} component="li" gap={10}>
              <Text size="sm" fw={600}>
                <Ltr>{file.name}</Ltr>
              </Text>
              <Text size="sm" c="dimmed">
                <Ltr>{sizeText(file.size)}</Ltr>
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('imports.removeFile', { name: file.name })}
                onClick={() => onChange(files.filter((one) => one !== file))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
      )}
    </Card>
  );
}
