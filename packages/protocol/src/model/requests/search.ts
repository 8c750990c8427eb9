import { z } from 'zod'
import { SEARCH_GROUPS, type SearchGroup } from '../shapes/search.ts'

const MOST = 50
const LONGEST_QUERY = 300

const q = z.string().max(LONGEST_QUERY).default('')
const page = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(20),
}

const isGroup = (text: string): text is SearchGroup => (SEARCH_GROUPS as readonly string[]).includes(text)

/** `?q=&in=people,leads,messages&after=&limit=`; `after` is of one group, so `in` must name only that. */
export const searchRequest = z
  .object({
    q,
    in: z
      .string()
      .default(SEARCH_GROUPS.join(','))
      .transform((text) => [...new Set(text.split(','))])
      .refine((groups) => groups.every(isGroup), `must be a list of ${SEARCH_GROUPS.join(', ')}`)
      .transform((groups) => groups.filter(isGroup)),
    ...page,
  })
  .refine((asked) => asked.after === undefined || asked.in.length === 1, {
    path: ['in'],
    message: 'must name one group when there is a page key',
  })

export const searchChatRequest = z.object({ q, ...page })
export const suggestRequest = z.object({ q })
