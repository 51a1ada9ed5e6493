import { ActionIcon, Button, Group, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../ui/hotkeys/key-button';
import classes from './catalog.module.css';

const ADD = { size: 'compact-sm', variant: 'default', leftSection: <IconPlus size={16} /> } as const;

interface LineColumn<Line> {
  id: string;
  header: string;
  width?: string;
  cell: (line: Line, at: number) => ReactNode;
}

interface LineTableProps<Line> {
  title: string;
  hint?: ReactNode;
  /** 2 under the page's heading, 3 in a dialog. */
  headingOrder?: 2 | 3;
  addLabel: string;
  /** Key that adds a line, wherever the cursor is on the screen. */
  addKey?: string;
  /** Name of the button that takes the line of that place out. */
  removeLabel: (at: number) => string;
  columns: readonly LineColumn<Line>[];
  lines: readonly Line[];
  onAdd: () => void;
  onRemove: (line: Line) => void;
}

/** Lines of a form that can be added and taken out: ingredients, barcodes, packs. */
export function LineTable<Line extends { key: number }>(props: LineTableProps<Line>) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const wasAdded = useRef(false);
  const count = props.lines.length;

  // The cursor goes where one types next: into the line just added.
  useEffect(() => {
    if (!wasAdded.current) return;
    wasAdded.current = false;
    body.current?.rows[count - 1]?.querySelector<HTMLElement>('input, select')?.focus();
  }, [count]);

  function add(): void {
    wasAdded.current = true;
    props.onAdd();
  }

  return (
    <section aria-label={props.title}>
      <Group justify="space-between" mb={6}>
        <Group gap={10}>
          <Title order={props.headingOrder ?? 2} fz="md">
            {props.title}
          </Title>
          {props.hint}
        </Group>
        {props.addKey === undefined ? (
          <Button {...ADD} onClick={add}>
            {props.addLabel}
          </Button>
        ) : (
          <KeyButton {...ADD} combo={props.addKey} label={props.addLabel} onPress={add} />
        )}
      </Group>
      {props.lines.length > 0 && (
        <table className={classes['lines']} aria-label={props.title}>
          <thead>
            <tr>
              {props.columns.map((column) => (
                <th key={column.id} scope="col" style={{ width: column.width }}>
                  {column.header}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t('common.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody ref={body}>
            {props.lines.map((line, at) => (
              <tr key={line.key}>
                {props.columns.map((column) => (
                  <td key={column.id}>{column.cell(line, at)}</td>
                ))}
                <td className={classes['end']}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={props.removeLabel(at + 1)}
                    onClick={() => props.onRemove(line)}
                  >
                    <IconTrash size={18} />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
