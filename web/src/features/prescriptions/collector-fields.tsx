import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
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

const IDENTIFIERS = ['name', 'birthDate', 'phone'] as const;
type Identifiers = Readonly<Record<(typeof IDENTIFIERS)[number], string>>;

/** Who takes a medicine away, which particulars of the patient were told, and by which document it is known. */
interface Draft {
  readonly collector: (typeof COLLECTORS)[number];
  readonly collectorName: string;
  readonly kind: (typeof DOCUMENTS)[number];
  readonly number: string;
  readonly identifiers: Identifiers;
}

const NOTHING: Draft = {
  collector: 'patient',
  collectorName: '',
  kind: 'national_id',
  number: '',
  identifiers: { name: '', birthDate: '', phone: '' },
};

/** Shortest document number the server takes. */
const SHORTEST = 3;
/** Particulars of the patient the branch asks for, where it does. */
const IDENTIFIERS_ASKED = 2;

/**
 * The particulars of a pick-up while they are being noted: asked for when somebody else takes it, two of the patient's once the server
 * says that the branch wants them (unless the screen asks for them itself), a document once it says that the law does.
 */
export function useCollector(problem: Problem | null, { asksIdentifiers = true } = {}) {
  const [changed, setChanged] = useState<Draft>();
  const [due, setDue] = useState({ document: false, identifiers: false });
  const code = problem?.code;
  const isDocumentDue = due.document || code === 'collector-document-required';
  const isTold = code === 'identifiers-required' || code === 'identifier-mismatch';
  const areIdentifiersDue = asksIdentifiers && (due.identifiers || isTold);
  if (isDocumentDue !== due.document || areIdentifiersDue !== due.identifiers)
    setDue({ document: isDocumentDue, identifiers: areIdentifiersDue });
  const isAsked = changed !== undefined || isDocumentDue || areIdentifiersDue;
  const draft = changed ?? NOTHING;
  const { collector, collectorName, kind, number, identifiers } = draft;
  const told = Object.entries(identifiers).filter(([, value]) => value.trim() !== '');
  const isNamed = collector === 'patient' || collectorName.trim() !== '';
  const hasDocument = number.trim().length >= SHORTEST;
  return {
    isAsked,
    isDocumentDue,
    areIdentifiersDue,
    isReady:
      !isAsked ||
      (isNamed &&
        (hasDocument || (!isDocumentDue && number.trim() === '')) &&
        (!areIdentifiersDue || told.length >= IDENTIFIERS_ASKED)),
    draft,
    change: (part: Partial<Draft>) => setChanged({ ...draft, ...part }),
    /** As it is sent with the command; nothing where nobody asked. */
    sent: isAsked
      ? {
          pickUp: {
            identifiers: Object.fromEntries(told.map(([name, value]) => [name, value.trim()])),
            collector,
            ...(collector === 'patient' ? {} : { collectorName: collectorName.trim() }),
            ...(hasDocument ? { document: { kind, number: number.trim() } } : {}),
          },
        }
      : {},
  };
}

/** Fields for who takes a medicine away; nothing is shown where nobody asked. */
export function CollectorFields({ collector }: { collector: ReturnType<typeof useCollector> }) {
  const { t } = useTranslation();
  const { draft, change, isAsked, areIdentifiersDue } = collector;
  if (!isAsked) return null;
  return (
    <SimpleGrid cols={2} spacing="sm" role="group" aria-label={t('collector.title')}>
      {areIdentifiersDue &&
        IDENTIFIERS.map((name) => (
          <TextInput
            key={name}
            label={t(`collector.identifier.${name}`)}
            {...(name === 'birthDate' ? { type: 'date' } : { maxLength: name === 'phone' ? 50 : 200 })}
            value={draft.identifiers[name]}
            onChange={({ currentTarget: { value } }) =>
              change({ identifiers: { ...draft.identifiers, [name]: value } })
            }
          />
        ))}
      {areIdentifiersDue && <Text size="sm">{t('collector.identifierHint')}</Text>}
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
        required={collector.isDocumentDue}
        maxLength={60}
        dir="ltr"
        value={draft.number}
        onChange={(event) => change({ number: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}
