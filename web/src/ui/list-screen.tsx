import { Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import type { PageMeta } from '../api/types';
import { type Column, DataTable } from './data-table';
import { Keys, useKeys } from './hotkeys/hotkeys';
import { Card, Page } from './page';
import { Pager } from './pager';
import { moveThroughRows } from './row-keys';
import { EmptyView, ErrorView, LoadingRows } from './states';

interface Listed<Row> {
  data: { data: readonly Row[]; meta: PageMeta } | undefined;
  isPending: boolean;
  isError: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface ListScreenProps<Row> {
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  /** None: the list is only narrowed by filters. */
  search?: SearchFieldProps;
  /** Filters at the end of the search field's row. */
  filters?: ReactNode;
  /** Between the search row and the list, such as the tabs of neighbouring lists. */
  above?: ReactNode;
  result: Listed<Row>;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string | number;
  empty: { title: string; hint?: ReactNode; action?: ReactNode };
  onPage: (page: number) => void;
}

/** A searched or narrowed, paged list: `/` goes to the field, the arrows through the rows, N and P through the pages. */
export function ListScreen<Row>(props: ListScreenProps<Row>) {
  return (
    <Page title={props.title} hint={props.hint} actions={props.actions}>
      {props.above}
      <div onKeyDown={moveThroughRows}>
        <Stack gap={12}>
          <Group wrap="nowrap" align="flex-end">
            {props.search && <SearchField {...props.search} />}
            {props.filters}
          </Group>
          <Card flush>
            <ListBody {...props} />
          </Card>
        </Stack>
      </div>
    </Page>
  );
}

function ListBody<Row>({ title, result, columns, rowKey, empty, onPage }: ListScreenProps<Row>) {
  if (result.isError) return <ErrorView error={result.error} retry={() => void result.refetch()} />;
  if (!result.data) return <LoadingRows />;
  if (result.data.data.length === 0) return <EmptyView {...empty} />;
  return (
    <>
      <DataTable label={title} columns={columns} rows={result.data.data} rowKey={rowKey} />
      <Pager meta={result.data.meta} onPage={onPage} />
    </>
  );
}

interface SearchFieldProps {
  /** What is searched for now, as the address says. */
  value: string | undefined;
  label: string;
  placeholder: string;
  focusLabel: string;
  /** A second key to the field, beside `/`. */
  combo?: string;
  /** Called when the typing pauses. */
  onSearch: (text: string | undefined) => void;
}

const SETTLE_MS = 150;

/** The field of a searched list; it hands over what was typed when the typing pauses. */
export function SearchField({ value, label, placeholder, focusLabel, combo, onSearch }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  const [lastValue, setLastValue] = useState(value);
  const [handedOver, setHandedOver] = useState(value);
  const [address] = useState(() => window.location.pathname);
  const handOver = useDebouncedCallback((typed: string) => {
    // He went on to a row in the meantime, and the list stands only until that is loaded: a search would bring him back.
    if (window.location.pathname !== address) return;
    const wanted = typed.trim() === '' ? undefined : typed.trim();
    setHandedOver(wanted);
    onSearch(wanted);
  }, SETTLE_MS);

  // The address changed by another way than typing here (a suggestion, a scan, the browser's Back): show it.
  if (value !== lastValue) {
    setLastValue(value);
    if (value !== handedOver) setText(value ?? '');
  }

  const focus = () => field.current?.select();
  useKeys([
    { combo: '/', label: focusLabel, run: focus },
    ...(combo === undefined ? [] : [{ combo, label: focusLabel, run: focus }]),
  ]);
  return (
    <TextInput
      ref={field}
      data-row-search
      aria-label={label}
      placeholder={placeholder}
      size="md"
      flex={1}
      type="search"
      autoFocus
      leftSection={<IconSearch size={18} />}
      rightSection={<Keys combo="/" />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        handOver(event.currentTarget.value);
      }}
    />
  );
}
