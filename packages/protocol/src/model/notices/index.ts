// Rules that server and screens share, apart from what needs zod: the browser takes these files alone.
export * from './notice-tag.ts'
export * from './quiet-hours.ts'
