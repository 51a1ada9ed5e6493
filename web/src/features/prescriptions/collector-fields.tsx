import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';

const COLLECTORS = ['patient', 'relative', 'carer', 'courier', 'other'] as const;
const DOCUMENTS = [
  'national_id',
  'passport',
  'driving_licence',
  'residence_permit',
  'military_id',
  'other',
] as const;

/** Who takes a controlled medicine away, and by which document it is known. */
interface Draft {
  readonly collector: (typeof COLLECTORS)[number];
  readonly collectorName: string;
  readonly kind: (typeof DOCUMENTS)[number];
  readonly number: string;
}

/** Shortest document number the server takes. */
const SHORTEST = 3;

/** The particulars of a pick-up while they are being noted: asked for once the server says that the law wants them. */
export function useCollector(problem: Problem | null) {
  const [draft, setDraft] = useState<Draft>();
  const isAsked = draft !== undefined || problem?.code === 'collector-document-required';
  const { collector, collectorName, kind, number } = draft ?? {
    collector: 'patient' as const,
    collectorName: '',
    kind: 'national_id' as const,
    number: '',
  };
  const isNamed = collector === 'patient' || collectorName.trim() !== '';
  return {
    isAsked,
    isReady: !isAsked || (isNamed && number.trim().length >= SHORTEST),
    draft: { collector, collectorName, kind, number },
    change: (part: Partial<Draft>) => setDraft({ collector, collectorName, kind, number, ...part }),
    /** As it is sent with the command; nothing where nobody asked. */
    sent: isAsked
      ? {
          pickUp: {
            identifiers: {},
            collector,
            ...(collector === 'patient' ? {} : { collectorName: collectorName.trim() }),
            document: { kind, number: number.trim() },
          },
        }
      : {},
  };
}

/** Fields for who takes a controlled medicine away; nothing is shown where nobody asked. */
export function CollectorFields({ collector }: { collector: ReturnType<typeof useCollector> }) {
  const { t } = useTranslation();
  const { draft, change } = collector;
  if (!collector.isAsked) return null;
  return (
    <SimpleGrid cols={2} spacing="sm" role="group" aria-label={t('collector.title')}>
      <NativeSelect
        label={t('collector.who')}
        value={draft.collector}
        onChange={(event) =>
          change({ collector: COLLECTORS.find((one) => one === event.currentTarget.value) ?? 'patient' })
        }
        data={COLLECTORS.map((value) => ({ value, label: t(`collector.kind.${value}`) }))}
      />
      <TextInput
        label={t('collector.name')}
        disabled={draft.collector === 'patient'}
        required={draft.collector !== 'patient'}
        maxLength={200}
        value={draft.collectorName}
        onChange={(event) => change({ collectorName: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('collector.document')}
        value={draft.kind}
        onChange={(event) =>
          change({ kind: DOCUMENTS.find((one) => one === event.currentTarget.value) ?? 'other' })
        }
        data={DOCUMENTS.map((value) => ({ value, label: t(`collector.documentKind.${value}`) }))}
      />
      <TextInput
        label={t('collector.number')}
        required
        maxLength={60}
        dir="ltr"
        value={draft.number}
        onChange={(event) => change({ number: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}
