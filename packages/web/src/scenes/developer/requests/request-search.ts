import type { RequestFilter } from '../../../data/developer/requests.ts'
import { toTime } from '../log/log-format.ts'

/** What of the address is of this tab. */
export interface RequestSearch {
  only?: 'errors'
  method?: string
  status?: string
  q?: string
  /** As the fields write them, in the browser's zone. */
  from?: string
  until?: string
  /** The one that is open. */
  request?: string
}

export const METHODS = ['GET', 'POST', 'DELETE', 'PATCH', 'PUT'] as const
export const STATUSES = ['2', '3', '4', '5'] as const

/** Whatever somebody typed there; what is not understood is left out. */
export function readRequestSearch(raw: Readonly<Record<string, unknown>>): RequestSearch {
  const text = (name: string) => (raw[name] === undefined || raw[name] === '' ? undefined : String(raw[name]))
  const oneOf = (name: string, known: readonly string[]) => known.find((value) => value === text(name))
  const search = {
    only: raw.only === 'errors' ? ('errors' as const) : undefined,
    method: oneOf('method', METHODS),
    status: oneOf('status', STATUSES),
    q: text('q'),
    from: text('from'),
    until: text('until'),
    request: text('request'),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

export function toRequestFilter({ request: _, status, from, until, q, ...search }: RequestSearch): RequestFilter {
  const [start, end] = [toTime(from), toTime(until)]
  return {
    ...search,
    ...(q && { q: q.slice(0, 200) }),
    ...(status && { status: Number(status) }),
    ...(start !== undefined && { from: start }),
    ...(end !== undefined && { until: end }),
  }
}
