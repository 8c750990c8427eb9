/** What the app API takes. */

export * from './audit.ts'
export * from './drafts.ts'
export { MAX_TEXT_LENGTH } from './fields.ts'
export * from './leads.ts'
export * from './messages.ts'
export * from './notes.ts'
export * from './notifications.ts'
export * from './session.ts'
export * from './sources.ts'
export * from './team.ts'
export * from './templates.ts'
