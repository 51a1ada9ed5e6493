import { Text } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Supplier, SupplierPage } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';

interface SupplierPickerProps {
  label: string;
  value: Supplier | null;
  onChange: (supplier: Supplier | null) => void;
  required?: boolean;
  autoFocus?: boolean;
  ref?: Ref<HTMLInputElement>;
}

const MAX_HITS = 8;

/** Name of a supplier in the language of the interface. */
export function useSupplierName(): (supplier: Pick<Supplier, 'name' | 'nameAr'>) => string {
  const { i18n } = useTranslation();
  return ({ name, nameAr }) => (i18n.language === 'ar' ? (nameAr ?? name) : name);
}

/** Looks for a supplier as one types; the first of them are offered as soon as the field is entered. */
export function SupplierPicker(props: SupplierPickerProps) {
  const nameOf = useSupplierName();
  return (
    <AsyncPicker<Supplier>
      {...props}
      minLength={0}
      searchKey={(q) => ['suppliers', 'search', q]}
      search={async (q, signal) =>
        (await api.get<SupplierPage>('/suppliers', { q, active: true, limit: MAX_HITS }, signal)).data
      }
      itemKey={({ supplierId }) => supplierId}
      itemText={nameOf}
      renderItem={(supplier) => (
        <Text size="sm" fw={600}>
          <bdi>{nameOf(supplier)}</bdi>
        </Text>
      )}
    />
  );
}
