export { type Note, type NoteCode, noteCodes } from './notes.js';
export { checkSpecification, type Specification } from './specification.js';
export { qualityGate, qualityStatus, qualityVerdict } from './monitor/quality-gate.js';
