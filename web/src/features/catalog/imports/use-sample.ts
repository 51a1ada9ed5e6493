import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import {
  columnNames,
  type Encoding,
  guessColumns,
  likelyDelimiter,
  type MappingDraft,
} from './mapping.domain';

/** Enough of a file to see its headings and first rows. */
const SAMPLE_BYTES = 64 * 1024;
const SAMPLE_LINES = 4;

async function readLines(file: File, encoding: Encoding): Promise<string[]> {
  const bytes = await file.slice(0, SAMPLE_BYTES).arrayBuffer();
  const text = new TextDecoder(encoding === 'mixed' ? 'utf-8' : encoding).decode(bytes);
  return text.split(/\r\n|\n|\r/).slice(0, SAMPLE_LINES);
}

/** The first lines of a file, none before they are read. */
export function useFirstLines(file: File | undefined, encoding: Encoding): readonly string[] {
  const sample = useQuery({
    queryKey: ['file-sample', file?.name, file?.size, file?.lastModified, encoding],
    queryFn: () => (file === undefined ? [] : readLines(file, encoding)),
    enabled: file !== undefined,
  });
  return sample.data ?? [];
}

/** The first lines of the file; the first time a file is looked at, its delimiter and columns are guessed. */
export function useSample(
  file: File | undefined,
  draft: MappingDraft,
  onGuess: (change: (draft: MappingDraft) => MappingDraft) => void,
): { lines: readonly string[] } {
  const lines = useFirstLines(file, draft.encoding);
  const first = lines[0];
  const guess = useEffectEvent((line: string) => {
    const delimiter = likelyDelimiter(line);
    onGuess((now) => {
      if (Object.keys(now.columns).length > 0) return now;
      const columns = now.hasHeader ? guessColumns(columnNames(line, { delimiter, hasHeader: true })) : {};
      return { ...now, delimiter, columns };
    });
  });
  useEffect(() => {
    if (first !== undefined && first !== '') guess(first);
  }, [first]);
  return { lines };
}
