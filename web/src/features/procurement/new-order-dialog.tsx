import { Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Supplier } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { localName } from '../shared/names';
import { searchSuppliers, supplierSearchKey, useCreateOrder } from './procurement-queries';

interface NewOrderProps {
  opened: boolean;
  onClose: () => void;
}

/** Begins an order: from whom; its lines are written on its own page. */
export function NewOrderDialog(props: NewOrderProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('procurement.newOrder')}>
      <NewOrderForm {...props} />
    </Dialog>
  );
}

function NewOrderForm({ onClose }: NewOrderProps) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [supplier, setSupplier] = useState<Supplier | null>(null);
  const [expectedOn, setExpectedOn] = useState('');
  const create = useCreateOrder(({ purchaseOrderId }) => {
    onClose();
    void navigate({ to: '/purchasing/$orderId', params: { orderId: String(purchaseOrderId) } });
  });
  const nameOf = (one: Supplier): string => localName(one, i18n.language);
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!supplier) return;
    create.mutate({
      supplierId: supplier.supplierId,
      lines: [],
      ...(expectedOn === '' ? {} : { expectedOn }),
    });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={create.error} notSaved={t('procurement.notSaved')} />
        <AsyncPicker<Supplier>
          label={t('procurement.supplier')}
          placeholder={t('procurement.supplierPlaceholder')}
          required
          autoFocus
          minLength={1}
          value={supplier}
          onChange={setSupplier}
          searchKey={supplierSearchKey}
          search={searchSuppliers}
          itemKey={(one) => one.supplierId}
          itemText={nameOf}
          renderItem={(one) => <bdi>{nameOf(one)}</bdi>}
        />
        <TextInput
          label={t('procurement.expected')}
          type="date"
          value={expectedOn}
          onChange={(event) => setExpectedOn(event.currentTarget.value)}
        />
        <FormFoot
          isSaving={create.isPending}
          onCancel={onClose}
          saveLabel={t('procurement.begin')}
          disabled={supplier === null}
        />
      </Stack>
    </form>
  );
}
