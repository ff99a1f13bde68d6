/**
 * A part of a report. Other packages make their own and pass them to `toHtml()`: their pictures then stand among the report's.
 */
export interface ReportSection {
  /** Anchor: letters, digits and dashes. */
  readonly id: string;
  /** Heading, as plain text. */
  readonly title: string;
  /** What stands below the heading. It is put into the page as it is: escape what comes from outside. */
  readonly html: string;
}
