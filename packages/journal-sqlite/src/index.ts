export { type Anchor, type AnchorSigner, type AnchorSink, ed25519Signer } from './anchor.js';
export { anchorFile } from './anchor-file.js';
export type { BackupReport } from './backup.js';
export type { Problem } from './entry-rows.js';
export type { ExportOptions } from './export-segment.js';
export { readHistory, verifyHistory } from './history.js';
export type { JournalReader } from './journal-file.js';
export { type RestoreOptions, type RestoreReport, restoreBackup } from './restore.js';
export { type S3Client, type S3Options, type S3Put, s3SegmentStore } from './s3-segment-store.js';
export type { Segment, SegmentStore } from './segment.js';
export { type SegmentFolder, segmentFolder } from './segment-folder.js';
export {
  type GroupJournal,
  type JournalOptions,
  openJournal,
  readJournal,
  type SqliteJournal,
} from './sqlite-journal.js';
export type { Verification, VerifyOptions } from './verify.js';
