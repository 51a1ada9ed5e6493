import { Group, Text } from '@mantine/core';
import {
  IconArrowForward,
  IconBulb,
  IconList,
  IconPill,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BirthText } from '../../features/shared/birth-text';
import { AllergyStatusBadge } from '../../features/shared/allergy-status-badge';
import { DrugOption } from '../../features/shared/drug-option';
import { usePersonName } from '../../features/shared/names';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import type { PaletteItem } from './palette-items';
import classes from './palette.module.css';

const ICONS: Record<PaletteItem['kind'], TablerIcon> = {
  suggestion: IconBulb,
  drug: IconPill,
  'all-drugs': IconList,
  patient: IconUser,
  page: IconArrowForward,
};

/** One line of the palette, whatever it leads to. */
export function PaletteLine({ item }: { item: PaletteItem }) {
  const Icon = ICONS[item.kind];
  return (
    <>
      <Icon
        size={18}
        aria-hidden="true"
        className={item.kind === 'page' ? `${classes['icon']} towards` : classes['icon']}
      />
      <div className={classes['text']}>
        <LineText item={item} />
      </div>
    </>
  );
}

function LineText({ item }: { item: PaletteItem }): ReactNode {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  switch (item.kind) {
    case 'suggestion':
      return (
        <>
          {t('drugs.didYouMean')} <b dir="auto">{item.text}</b>
        </>
      );
    case 'drug':
      return <DrugOption drug={item.drug} />;
    case 'all-drugs':
      return t('palette.allDrugs', { count: item.total });
    case 'patient':
      return (
        <Group justify="space-between" wrap="nowrap">
          <span>
            <Text span size="sm" fw={600}>
              <bdi>{nameOf(item.patient)}</bdi>
            </Text>{' '}
            <Text span size="xs" c="dimmed">
              <BirthText of={item.patient} />
              {item.patient.phone !== null && (
                <>
                  {' · '}
                  <Ltr>{item.patient.phone}</Ltr>
                </>
              )}
            </Text>
          </span>
          <AllergyStatusBadge status={item.patient.allergyStatus} />
        </Group>
      );
    case 'page':
      return (
        <Group justify="space-between" wrap="nowrap">
          <span>{item.label}</span>
          {item.combo !== undefined && <Keys combo={item.combo} />}
        </Group>
      );
  }
}
