import { Checkbox, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Supplier } from '../../api/types';
import { useSession } from '../../session/session';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useSaveSupplier } from './procurement-queries';
import { readSupplier, supplierFields, type SupplierFields } from './supplier-fields.domain';

interface SupplierDialogProps {
  opened: boolean;
  supplier: Supplier | undefined;
  onClose: () => void;
}

/** Enters a supplier, or changes the terms of one. */
export function SupplierDialog(props: SupplierDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      size="lg"
      title={props.supplier?.name ?? t('procurement.newSupplier')}
    >
      <SupplierForm {...props} />
    </Dialog>
  );
}

function SupplierForm({ supplier, onClose }: SupplierDialogProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [fields, setFields] = useState(() => supplierFields(supplier));
  const save = useSaveSupplier(supplier?.supplierId, () => {
    toastDone(t('procurement.supplierSaved'));
    onClose();
  });
  const body = readSupplier(fields);
  const set = (change: Partial<SupplierFields>) => setFields((before) => ({ ...before, ...change }));
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!body) return;
    save.mutate(
      supplier === undefined ? body : { ...body, version: supplier.version, active: fields.active },
    );
  }
  const text = (name: 'name' | 'nameAr' | 'phone' | 'email', maxLength: number) => (
    <TextInput
      label={t(`procurement.field.${name}`)}
      required={name === 'name'}
      data-autofocus={name === 'name' ? true : undefined}
      dir={name === 'nameAr' ? 'rtl' : name === 'name' ? 'auto' : 'ltr'}
      maxLength={maxLength}
      value={fields[name]}
      error={fieldError(save.error, `/${name}`)}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  const number = (
    name: 'leadTimeDays' | 'minShelfLifeDays' | 'paymentDays' | 'returnsFromDays' | 'tolerance',
  ) => (
    <DecimalInput
      label={t(`procurement.field.${name}`)}
      description={t(`procurement.hintOf.${name}`)}
      maxLength={6}
      value={fields[name]}
      onChange={(value) => set({ [name]: value })}
    />
  );
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('procurement.notSaved')} />
        {save.error?.code === 'stale-version' && <Text size="sm">{t('procurement.staleHint')}</Text>}
        <SimpleGrid cols={2} spacing="sm">
          {text('name', 200)}
          {text('nameAr', 200)}
          {text('phone', 40)}
          {text('email', 200)}
          {number('leadTimeDays')}
          {number('tolerance')}
          {number('minShelfLifeDays')}
          {number('paymentDays')}
          {number('returnsFromDays')}
          <TextInput
            label={t('procurement.field.returnsUntilDays')}
            description={t('procurement.hintOf.returnsUntilDays')}
            dir="ltr"
            maxLength={6}
            value={fields.returnsUntilDays}
            onChange={(event) => set({ returnsUntilDays: event.currentTarget.value })}
          />
        </SimpleGrid>
        {supplier && (
          <Checkbox
            label={t('procurement.inUse')}
            checked={fields.active}
            onChange={(event) => set({ active: event.currentTarget.checked })}
          />
        )}
        <FormFoot
          isSaving={save.isPending}
          onCancel={onClose}
          disabled={body === undefined || !can('WriteProcurement')}
        />
      </Stack>
    </form>
  );
}
