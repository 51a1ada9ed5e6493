import { Button, Checkbox, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import type { LabelTemplate, UpdateLabelTemplate } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';

const SIZES = ['70x35', '80mm', 'A4'] as const;
const LANGUAGES = ['patient', 'ar', 'en', 'both'] as const;
const LINES = ['cautions', 'barcode', 'prescriber', 'lots', 'address', 'storage'] as const;

/** Opens what the branch's labels look like. */
export function LabelTemplateButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconTag size={18} />} onClick={() => setOpen(true)}>
        {t('labelTemplate.open')}
      </Button>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} size="lg" title={t('labelTemplate.title')}>
        <Loaded onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Loaded({ onClose }: { onClose: () => void }) {
  const template = useQuery({
    queryKey: keys.labelTemplate,
    queryFn: ({ signal }) => api.get<LabelTemplate>('/label-template', undefined, signal),
    // What was open in another window is not what is edited here.
    staleTime: 0,
    gcTime: 0,
  });
  if (template.isPending) return <LoadingRows rows={4} />;
  if (template.isError) return <ErrorView error={template.error} retry={() => void template.refetch()} />;
  return <TemplateForm template={template.data} onClose={onClose} />;
}

function TemplateForm({ template, onClose }: { template: LabelTemplate; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(template);
  const set = (change: Partial<LabelTemplate>) => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation<LabelTemplate, Problem, UpdateLabelTemplate>({
    mutationFn: (body) => api.patch<LabelTemplate>('/label-template', body),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keys.labelTemplate });
      toastDone(t('labelTemplate.saved'));
      onClose();
    },
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const textOf = (text: string | null) => (text === null || text.trim() === '' ? null : text.trim());
    save.mutate({
      ...draft,
      header: textOf(draft.header),
      footer: textOf(draft.footer),
      version: template.version,
    });
  }

  return (
    <form onSubmit={onSubmit} aria-label={t('labelTemplate.title')}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('labelTemplate.notSaved')} />
        <Text size="sm" fw={600} id="label-size">
          {t('labelTemplate.size')}
        </Text>
        <SegmentedControl
          aria-labelledby="label-size"
          value={draft.size}
          onChange={(value) => set({ size: SIZES.find((size) => size === value) ?? draft.size })}
          data={SIZES.map((size) => ({ value: size, label: t(`labelTemplate.sizes.${size}`) }))}
        />
        <Text size="sm" fw={600} id="label-languages">
          {t('labelTemplate.languages')}
        </Text>
        <SegmentedControl
          aria-labelledby="label-languages"
          value={draft.languages}
          onChange={(value) => set({ languages: LANGUAGES.find((one) => one === value) ?? draft.languages })}
          data={LANGUAGES.map((one) => ({ value: one, label: t(`labelTemplate.language.${one}`) }))}
        />
        <Checkbox.Group
          label={t('labelTemplate.lines')}
          description={t('labelTemplate.always')}
          value={[...draft.lines]}
          onChange={(values) => set({ lines: LINES.filter((line) => values.includes(line)) })}
        >
          <Group gap="md" mt={6}>
            {LINES.map((line) => (
              <Checkbox key={line} value={line} label={t(`labelTemplate.line.${line}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <TextInput
          label={t('labelTemplate.header')}
          maxLength={120}
          value={draft.header ?? ''}
          onChange={(event) => set({ header: event.currentTarget.value })}
        />
        <TextInput
          label={t('labelTemplate.footer')}
          maxLength={120}
          value={draft.footer ?? ''}
          onChange={(event) => set({ footer: event.currentTarget.value })}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
