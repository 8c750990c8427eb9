/** What server and screens must read alike; without zod, so that a browser may carry it. */
export * from './check-icon.ts'
export * from './mentions.ts'
export * from './search-operators.ts'
export * from './template-text.ts'
