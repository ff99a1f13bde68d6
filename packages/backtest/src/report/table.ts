/** A column of a table: text columns stand left, figures right. */
export interface Column<Row> {
  readonly head: string;
  /** The cell as safe HTML. */
  cell(row: Row): string;
  readonly text?: true;
  /** Colours the cell by the sign of this. */
  tone?(row: Row): number | null;
}

const toneClass = (value: number | null | undefined): string =>
  value === null || value === undefined || value === 0 ? '' : value > 0 ? ' gain' : ' loss';

/**
 * A table that scrolls sideways where it is too wide.
 * @param caption - safe HTML, read before the table
 */
export const table = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { caption = '', foot }: { readonly caption?: string; readonly foot?: Row | undefined } = {},
): string => {
  const line = (row: Row, heading: boolean): string =>
    columns
      .map((column, i) => {
        const kind = `${column.text ? 'text' : 'num'}${toneClass(column.tone?.(row))}`;
        const tag = heading && i === 0 ? 'th' : 'td';
        return `<${tag} class="${kind}"${tag === 'th' ? ' scope="row"' : ''}>${column.cell(row)}</${tag}>`;
      })
      .join('');
  const heads = columns
    .map(({ head, text }) => `<th class="${text ? 'text' : 'num'}" scope="col">${head}</th>`)
    .join('');
  const body = rows.map((row) => `<tr>${line(row, true)}</tr>`).join('\n');
  const last = foot === undefined ? '' : `<tfoot><tr>${line(foot, true)}</tr></tfoot>`;
  return `<div class="scroll"><table>${caption === '' ? '' : `<caption>${caption}</caption>`}
<thead><tr>${heads}</tr></thead>
<tbody>
${body}
</tbody>${last}</table></div>`;
};

/** A list of names and figures. Cells are safe HTML. */
export const facts = (rows: readonly (readonly [name: string, figure: string, note?: string])[]): string =>
  `<dl class="facts">${rows
    .map(
      ([name, figure, note]) =>
        `<div><dt>${name}</dt><dd>${figure}${note === undefined ? '' : `<small>${note}</small>`}</dd></div>`,
    )
    .join('\n')}</dl>`;
