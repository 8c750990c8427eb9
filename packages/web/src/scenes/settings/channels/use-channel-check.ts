import { findIconFault } from '@parley/protocol/text'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { checkChannel } from '../../../data/channels/endpoints.ts'
import { sayAgain } from '../../../i18n/said.ts'
import { useSettled } from '../../../parts/use-settled.ts'

/** Short enough to answer while somebody looks at the field, long enough not to answer every letter. */
const SETTLED_MS = 300

export type FieldProblems = Readonly<Record<string, string | undefined>>

/**
 * What is wrong with fields that somebody has typed in, by name, as sentences. The server says so: it has the rules, knows which
 * accounts there are and where hooks may go.
 */
export function useChannelCheck(fields: Readonly<Record<string, unknown>>): FieldProblems {
  const { icon, ...rest } = fields
  // Large, and its rule is known here, too.
  const iconFault = typeof icon === 'string' ? findIconFault(icon) : undefined
  const typed = Object.keys(rest).length === 0 ? '' : JSON.stringify(rest)
  const settled = useSettled(typed, SETTLED_MS)
  const { data } = useQuery({
    queryKey: ['channel-check', settled],
    queryFn: ({ signal }) => checkChannel(JSON.parse(settled) as object, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
  const faults = [...(data?.items ?? []), ...(iconFault === undefined ? [] : [{ field: 'icon', reason: iconFault }])]
  // The first one of each field.
  return Object.fromEntries(
    faults
      .filter(({ field }) => nameOf(field) in fields)
      .reverse()
      .map(({ field, reason }) => [nameOf(field), toSentence(reason)]),
  )
}

/** `reactions.0` is about `reactions`. */
const nameOf = (field: string) => field.split('.')[0] ?? field

function toSentence(reason: string): string {
  const said = sayAgain(reason)
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}
