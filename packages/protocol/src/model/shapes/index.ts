/**
 * The shapes of the app API (`/api/app/v1`) and of the realtime stream: what a screen or a program reads.
 * Times are milliseconds since 1970. Text is plain text, never markup.
 */
export * from './audit.ts'
export * from './board.ts'
export * from './channels.ts'
export * from './chats.ts'
export * from './contacts.ts'
export * from './drafts.ts'
export * from './errors.ts'
export * from './inbox.ts'
export * from './leads.ts'
export * from './messages.ts'
export * from './notes.ts'
export * from './notifications.ts'
export * from './paging.ts'
export * from './people.ts'
export * from './pipelines.ts'
export * from './rights.ts'
export * from './search.ts'
export * from './security.ts'
export * from './team.ts'
export * from './templates.ts'
