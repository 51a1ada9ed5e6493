import { readDelimited, type DelimitedOptions } from '../delimited.js';
import type { MappedField, SourceMapping } from '../mapping.domain.js';
import type { CatalogueSource, SourceInput, SourceRecord } from '../source.types.js';
import { MappedRows } from './mapped-row.domain.js';
import { brokenRow } from './read-side.js';

/** Files that lie beside tables in archives and folders. */
const NO_TABLE =
  /\.(?:pdf|md|html?|json|jsonl|xml|docx?|xlsx?|png|jpe?g|gif|sql|db|exe|sha256|md5)$|^readme|^licen[cs]e|^\./i;

async function* readAll(
  input: SourceInput,
  mapping: SourceMapping,
  rows: MappedRows,
): AsyncGenerator<readonly SourceRecord[]> {
  const { delimiter, quote, hasHeader, isRowALine } = mapping.format;
  const options: DelimitedOptions = {
    delimiter,
    quote,
    isRowALine,
    header: hasHeader ? 'first-row' : 'numbered',
    columns: rows.columns,
  };
  for (const file of input.files)
    for await (const batch of readDelimited(file, options))
      yield batch.map((row) =>
        'problem' in row ? brokenRow(file, row) : rows.read(file.index, row.line, row.fields),
      );
}

/** Delimited text read by a mapping: price lists, exports of other programs, national catalogues of one table. */
export function csvSource(mapping: SourceMapping): CatalogueSource {
  const rows = new MappedRows(mapping);
  const isStated = (...fields: MappedField[]): boolean =>
    fields.some((field) => mapping.columns[field] !== undefined || mapping.constants[field] !== undefined);
  return {
    name: mapping.source,
    title: mapping.title,
    licence: mapping.licence,
    files: [
      {
        role: 'rows',
        title: `delimited text with the columns of the mapping ${mapping.source}`,
        isRequired: true,
        allowsMany: true,
        encoding: mapping.format.encoding,
        recognise: (name) => !NO_TABLE.test(name),
      },
    ],
    states: {
      price: mapping.hasPrices,
      rxOnly: isStated('rxOnly'),
      pack: isStated('unitsPerPack', 'baseUnit'),
      barcodes: isStated('barcode'),
      atcCode: isStated('atcCode'),
      controlledSchedule: isStated('schedule'),
      storage: isStated('storage'),
      handlingFlags: isStated('handlingFlags'),
      nameAr: isStated('nameAr'),
      category: isStated('category'),
    },
    prescriptionOnly: mapping.prescriptionOnly,
    columnOf: (field) => rows.columnOf(field),
    read: (input) => readAll(input, mapping, rows),
  };
}
