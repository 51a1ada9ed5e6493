import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, type QueryKey } from '@tanstack/react-query';
import { type ReactNode, type Ref, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './problem-text';
import { asProblem } from '../api/problem';

interface AsyncPickerProps<Item> {
  label: string;
  placeholder?: string;
  /** Query key of a search for `text`. */
  searchKey: (text: string) => QueryKey;
  search: (text: string, signal: AbortSignal) => Promise<readonly Item[]>;
  itemKey: (item: Item) => number;
  itemText: (item: Item) => string;
  renderItem: (item: Item) => ReactNode;
  /** The chosen item, shown in the field; null while searching. */
  value: Item | null;
  onChange: (item: Item | null) => void;
  /** Empties the field after a choice: for lists that each choice adds to. */
  clearAfterPick?: boolean;
  minLength?: number;
  error?: string;
  required?: boolean;
  autoFocus?: boolean;
  rightSection?: ReactNode;
  description?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  ariaKeys?: string;
  /** A key pressed while the field is empty; true when it was used and must not be typed. */
  onEmptyKey?: (key: string) => boolean;
  /** Enter on text that no option was chosen for, such as a barcode typed by hand. */
  onSubmitText?: (text: string) => void;
}

const SETTLE_MS = 120;

/** A field that searches the server while one types and lets one choose with arrows and Enter. */
export function AsyncPicker<Item>({ ref, ...props }: AsyncPickerProps<Item>) {
  const { t } = useTranslation();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), SETTLE_MS);
  const active = settled.length >= (props.minLength ?? 2) && props.value === null;
  const { data, error, isFetching } = useQuery({
    queryKey: props.searchKey(settled),
    queryFn: ({ signal }) => props.search(settled, signal),
    enabled: active,
  });
  // Results for an older text are not offered: Enter must never pick what was not asked for.
  const items = active && settled === text.trim() ? (data ?? []) : [];
  const count = items.length;

  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (count > 0) selectFirstOption();
  }, [data, count, selectFirstOption]);

  function pick(item: Item): void {
    props.onChange(item);
    setText('');
    combobox.closeDropdown();
  }

  const shown = props.value === null || props.clearAfterPick === true ? text : props.itemText(props.value);
  return (
    <Combobox
      store={combobox}
      // In place rather than at the end of the page: screen readers find it where the field is.
      withinPortal={false}
      floatingStrategy="fixed"
      onOptionSubmit={(key) => {
        const item = items.find((one) => String(props.itemKey(one)) === key);
        if (item) pick(item);
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={ref}
          role="combobox"
          label={props.label}
          description={props.description}
          placeholder={props.placeholder}
          required={props.required}
          error={props.error}
          autoFocus={props.autoFocus}
          data-autofocus={props.autoFocus === true ? true : undefined}
          value={shown}
          aria-keyshortcuts={props.ariaKeys}
          rightSection={
            isFetching ? <Loader size={16} aria-label={t('common.loading')} /> : props.rightSection
          }
          rightSectionWidth={isFetching || props.rightSection === undefined ? undefined : 44}
          onChange={(event) => {
            if (props.value !== null) props.onChange(null);
            setText(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onKeyDown={(event) => {
            if (text === '' && props.onEmptyKey?.(event.key) === true) event.preventDefault();
            if (event.key === 'Enter' && text.trim() !== '' && count === 0 && props.onSubmitText) {
              event.preventDefault();
              props.onSubmitText(text.trim());
              setText('');
            }
          }}
          onFocus={(event) => {
            if (props.value !== null) event.currentTarget.select();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!active}>
        <Combobox.Options aria-label={props.label} mah={320} style={{ overflowY: 'auto' }}>
          {items.map((item) => (
            <Combobox.Option key={props.itemKey(item)} value={String(props.itemKey(item))}>
              {props.renderItem(item)}
            </Combobox.Option>
          ))}
          {count === 0 && <Combobox.Empty>{emptyText()}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );

  function emptyText(): ReactNode {
    if (error) return <PickerProblem error={error} />;
    return isFetching || settled !== text.trim() ? t('common.searching') : t('common.nothingFound');
  }
}

function PickerProblem({ error }: { error: unknown }) {
  const { title } = useProblemText(asProblem(error));
  return <span role="alert">{title}</span>;
}
