import { ActionIcon, Group, NativeSelect, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Promotion } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { ReferencePicker } from '../catalog/reference-picker';
import { DrugPicker } from '../shared/drug-picker';
import { localName } from '../shared/names';

export type Target = Promotion['targets'][number];

interface TargetFieldsProps {
  /** A bundle is made of products, of each so many packs. */
  isBundle: boolean;
  targets: readonly Target[];
  onChange: (targets: readonly Target[]) => void;
}

const SORTS = ['drug', 'category', 'company'] as const;
type Sort = (typeof SORTS)[number];

const keyOf = (target: Target): string =>
  `${target.drugId ?? ''} ${target.categoryId ?? ''} ${target.companyId ?? ''}`;

/** What a promotion is on: each choice adds to the list. */
export function TargetFields({ isBundle, targets, onChange }: TargetFieldsProps) {
  const { t, i18n } = useTranslation();
  const [chosen, setChosen] = useState<Sort>('drug');
  const sort = isBundle ? 'drug' : chosen;

  function add(kind: Sort, id: number, name: string, nameAr: string | null): void {
    const target: Target = {
      drugId: kind === 'drug' ? id : null,
      categoryId: kind === 'category' ? id : null,
      companyId: kind === 'company' ? id : null,
      packs: 1,
      name,
      nameAr,
    };
    if (!targets.some((one) => keyOf(one) === keyOf(target))) onChange([...targets, target]);
  }

  return (
    <div>
      <Group align="flex-end" wrap="nowrap">
        {!isBundle && (
          <NativeSelect
            label={t('promotions.sort')}
            value={sort}
            onChange={(event) => setChosen(SORTS.find((one) => one === event.currentTarget.value) ?? sort)}
            data={SORTS.map((value) => ({ value, label: t(`promotions.sorts.${value}`) }))}
          />
        )}
        <div style={{ flex: 1 }}>
          {sort === 'drug' && (
            <DrugPicker
              label={t('promotions.addDrug')}
              value={null}
              clearAfterPick
              onChange={(drug) => drug && add('drug', drug.drugId, drug.name, drug.nameAr)}
            />
          )}
          {sort !== 'drug' && (
            <ReferencePicker
              key={sort}
              path={sort === 'category' ? '/reference/therapeutic-categories' : '/reference/companies'}
              label={t(sort === 'category' ? 'promotions.addCategory' : 'promotions.addCompany')}
              value={null}
              clearAfterPick
              onChange={(entry) => entry && add(sort, entry.id, entry.name, entry.nameAr ?? null)}
            />
          )}
        </div>
      </Group>
      {targets.length === 0 && (
        <Text size="sm" c="dimmed" mt={6}>
          {t('promotions.noTargets')}
        </Text>
      )}
      <ul aria-label={t('promotions.on')} style={{ listStyle: 'none', margin: '6px 0 0', padding: 0 }}>
        {targets.map((target) => {
          const name = localName(target, i18n.language);
          return (
            <li key={keyOf(target)}>
              <Group wrap="nowrap" gap="sm">
                {isBundle && (
                  <DecimalInput
                    aria-label={t('promotions.packsOf', { name })}
                    value={String(target.packs)}
                    w={64}
                    size="xs"
                    onChange={(text) =>
                      onChange(
                        targets.map((one) =>
                          one === target
                            ? { ...one, packs: Math.min(100, Math.trunc(Number(text)) || 1) }
                            : one,
                        ),
                      )
                    }
                  />
                )}
                <Text size="sm" style={{ flex: 1 }}>
                  <bdi>{name}</bdi>
                </Text>
                <ActionIcon
                  aria-label={t('promotions.removeTarget', { name })}
                  onClick={() => onChange(targets.filter((one) => one !== target))}
                >
                  <IconTrash size={18} />
                </ActionIcon>
              </Group>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
