import { NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxClass } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { LoadingRows } from '../../ui/states';
import { localName } from '../shared/names';
import { useSetDefaults, useTaxClasses } from './pricing-queries';

/** More classes than any tax law has. */
const ALL_CLASSES = 100;

/** The classes of products that have none of their own, at the branch one works at. */
export function DefaultsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('taxes.defaults')}>
      {opened && <Loaded onClose={onClose} />}
    </Dialog>
  );
}

function Loaded({ onClose }: { onClose: () => void }) {
  const classes = useTaxClasses(1, ALL_CLASSES);
  return classes.data ? <DefaultsForm classes={classes.data.data} onClose={onClose} /> : <LoadingRows />;
}

function DefaultsForm({ classes, onClose }: { classes: readonly TaxClass[]; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const idOf = (found: TaxClass | undefined) => String(found?.taxClassId ?? '');
  const first = idOf(classes.find(({ isDefault }) => isDefault));
  const firstRx = idOf(classes.find(({ isRxDefault }) => isRxDefault));
  const [chosen, setChosen] = useState(first);
  const [rx, setRx] = useState(firstRx === first ? '' : firstRx);
  const save = useSetDefaults(onClose);
  const options = classes.map((one) => ({
    value: String(one.taxClassId),
    label: `${one.code} · ${localName(one, i18n.language)}`,
  }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ taxClassId: Number(chosen) || null, rxTaxClassId: Number(rx) || null });
      }}
    >
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('pricing.notSaved')} />
        <NativeSelect
          label={t('taxes.isDefault')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={[{ value: '', label: t('taxes.none') }, ...options]}
          autoFocus
        />
        <NativeSelect
          label={t('taxes.isRxDefault')}
          value={rx}
          onChange={(event) => setRx(event.currentTarget.value)}
          data={[{ value: '', label: t('taxes.asOthers') }, ...options]}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}
