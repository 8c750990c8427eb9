import type { ContactWish } from './endpoints.ts'

/** What the address says of the list of contacts: a link reproduces the screen. */
export interface ContactSearch {
  q?: string | number
  sort?: 'name' | 'created'
  responsible?: number | 'none'
  tag?: number
  company?: string | number
  phone?: 'yes' | 'no'
  email?: 'yes' | 'no'
}

const textOf = (value: unknown): string | number | undefined =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number' ? value : undefined
const idOf = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined

/** Takes what makes sense; what does not is left out. */
export function readContactSearch(raw: Record<string, unknown>): ContactSearch {
  const search: ContactSearch = {}
  const [q, company, tag] = [textOf(raw.q), textOf(raw.company), idOf(raw.tag)]
  if (q !== undefined) search.q = q
  if (raw.sort === 'name' || raw.sort === 'created') search.sort = raw.sort
  const responsible = raw.responsible === 'none' ? 'none' : idOf(raw.responsible)
  if (responsible !== undefined) search.responsible = responsible
  if (tag !== undefined) search.tag = tag
  if (company !== undefined) search.company = company
  for (const name of ['phone', 'email'] as const) {
    const value = raw[name]
    if (value === 'yes' || value === 'no') search[name] = value
  }
  return search
}

export function toContactWish({ q, company, sort, ...rest }: ContactSearch): ContactWish {
  return {
    sort: sort ?? 'activity',
    ...(q !== undefined && { q: `${q}` }),
    ...(company !== undefined && { company: `${company}` }),
    ...rest,
  }
}

/** The parts that narrow the list and stand as chips. */
export const CHIP_NAMES = ['responsible', 'tag', 'company', 'phone', 'email'] as const
