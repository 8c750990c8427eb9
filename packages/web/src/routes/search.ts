/** A text of the address; undefined when it is absent or empty. */
export const searchText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export type RawSearch = Record<string, unknown>
