import { Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, type QueryKey } from '@tanstack/react-query';
import { type ReactNode, type Ref, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem';
import { OptionsPopover } from './options-popover';
import classes from './options.module.css';
import { useProblemText } from './problem-text';
import { useListbox } from './use-listbox';

interface AsyncPickerProps<Item> {
  label: string;
  placeholder?: string;
  /** Query key of a search for `text`. */
  searchKey: (text: string) => QueryKey;
  search: (text: string, signal: AbortSignal) => Promise<readonly Item[]>;
  itemKey: (item: Item) => number | string;
  itemText: (item: Item) => string;
  renderItem: (item: Item) => ReactNode;
  /** The chosen item, shown in the field; null while searching. */
  value: Item | null;
  onChange: (item: Item | null) => void;
  /** Empties the field after a choice: for lists that each choice adds to. */
  clearAfterPick?: boolean;
  /** Letters before the search starts; 0 offers the beginning of the list as soon as the field is entered. */
  minLength?: number;
  error?: string;
  required?: boolean;
  autoFocus?: boolean;
  /** The label is for screen readers only: in table rows, where the column's heading shows it. */
  isLabelHidden?: boolean;
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
  const wrap = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [settled] = useDebouncedValue(text.trim(), SETTLE_MS);
  const isSearching = isOpen && settled.length >= (props.minLength ?? 2) && props.value === null;
  const { data, error, isFetching } = useQuery({
    queryKey: props.searchKey(settled),
    queryFn: ({ signal }) => props.search(settled, signal),
    enabled: isSearching,
  });
  // Results for an older text are not offered: Enter must never pick what was not asked for.
  const isSettled = settled === text.trim();
  const items = isSearching && isSettled ? (data ?? []) : [];
  const listbox = useListbox({
    count: items.length,
    isOpen: isSearching,
    subject: settled,
    onPick: (index) => {
      const item = items[index];
      if (item !== undefined) pick(item);
    },
  });

  function pick(item: Item): void {
    props.onChange(item);
    setText('');
    setIsOpen(false);
  }

  const shown = props.value === null || props.clearAfterPick === true ? text : props.itemText(props.value);
  return (
    <div ref={wrap}>
      <TextInput
        ref={ref}
        label={props.isLabelHidden === true ? undefined : props.label}
        aria-label={props.isLabelHidden === true ? props.label : undefined}
        description={props.description}
        placeholder={props.placeholder}
        required={props.required}
        error={props.error}
        autoFocus={props.autoFocus}
        data-autofocus={props.autoFocus === true ? true : undefined}
        value={shown}
        aria-keyshortcuts={props.ariaKeys}
        rightSection={isFetching ? <Loader size={16} aria-label={t('common.loading')} /> : props.rightSection}
        rightSectionWidth={isFetching || props.rightSection === undefined ? undefined : 44}
        // The kit's dialog closes at Escape unless the field under the focus says that the key is its own.
        data-mantine-stop-propagation={isSearching ? 'true' : undefined}
        {...listbox.inputProps}
        onChange={(event) => {
          if (props.value !== null) props.onChange(null);
          setText(event.currentTarget.value);
          setIsOpen(true);
        }}
        onKeyDown={(event) => {
          if (listbox.onKeyDown(event)) return;
          if (event.key === 'Escape' && isSearching) {
            event.preventDefault();
            setIsOpen(false);
            return;
          }
          if (event.key === 'ArrowDown') setIsOpen(true);
          if (text === '' && props.onEmptyKey?.(event.key) === true) event.preventDefault();
          if (event.key === 'Enter' && text.trim() !== '' && items.length === 0 && props.onSubmitText) {
            event.preventDefault();
            props.onSubmitText(text.trim());
            setText('');
          }
        }}
        onFocus={(event) => {
          if (props.value !== null) event.currentTarget.select();
          if (props.minLength === 0) setIsOpen(true);
        }}
        onClick={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
      />
      {isSearching && (
        <OptionsPopover anchor={wrap}>
          <div {...listbox.listProps} aria-label={props.label}>
            {items.map((item, index) => (
              <div key={props.itemKey(item)} className={classes['option']} {...listbox.optionProps(index)}>
                {props.renderItem(item)}
              </div>
            ))}
          </div>
          {items.length === 0 && (
            <div className={classes['empty']}>
              {error && isSettled ? (
                <PickerProblem error={error} />
              ) : isFetching || !isSettled ? (
                t('common.searching')
              ) : (
                t('common.nothingFound')
              )}
            </div>
          )}
        </OptionsPopover>
      )}
    </div>
  );
}

function PickerProblem({ error }: { error: unknown }) {
  const { title } = useProblemText(asProblem(error));
  return <span role="alert">{title}</span>;
}
