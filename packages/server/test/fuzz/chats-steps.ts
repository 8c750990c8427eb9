import fc from 'fast-check'
import type { Author } from './chats-model.ts'

/** Two chats of one client, two of others. */
export const CHATS = ['c-0', 'c-1', 'c-2', 'c-3'] as const
export const clientOf = (chat: string) => (chat === 'c-1' ? 'u-0' : `u-${chat.slice(2)}`)

/** `age`: seconds before the run began, so that much comes late; 0 is now. */
export interface Said {
  chat: string
  msgid: string
  author: Author
  age: number
  isSilent: boolean
}

/** One call of somebody. `nth` picks among what is there when it is that step's turn. */
export type Step =
  | { do: 'say'; said: Said }
  /** At once, and some of it more than once. */
  | { do: 'sayTogether'; said: Said[]; times: number }
  | { do: 'createChat'; chat: string }
  | { do: 'edit'; nth: number; byMsgid: boolean }
  /** Mostly of those that went out. */
  | { do: 'setStatus'; nth: number; ofAll: boolean; byMsgid: boolean; code: 0 | 1 | 2 | -1 }
  | { do: 'react'; nth: number; isManager: boolean; emoji: string | null }
  | { do: 'reply'; chat: string; times: number }
  | { do: 'read'; chat: string }
  | { do: 'decide'; chat: string; isAccepted: boolean }
  | { do: 'lookBack'; chat: string; offset: number; limit: number }
  | { do: 'disconnect' }
  | { do: 'connect' }

const chats = fc.constantFrom(...CHATS)
/** Often the same few, so that one message goes through much. */
const nth = fc.oneof(fc.nat(2), fc.nat(30))
const msgids = fc.nat(9).map((number) => `m-${number}`)
const ages = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 }))

const said = (authors: fc.Arbitrary<Author>) =>
  fc.record<Said>({ chat: chats, msgid: msgids, author: authors, age: ages, isSilent: fc.boolean() })

const ofClient = said(fc.constant('client'))
const ofAnybody = said(fc.constantFrom('client', 'client', 'user', 'bot'))
/** Which of two that open a lead was first, nobody knows: of what is sent elsewhere only the quiet goes together. */
const together = fc.oneof(
  ofClient,
  ofAnybody.map((each): Said => (each.author === 'client' ? each : { ...each, isSilent: true })),
)

const oneStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: ofAnybody.map((each): Step => ({ do: 'say', said: each })) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sayTogether' as const),
      said: fc.array(together, { minLength: 2, maxLength: 8 }),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('createChat' as const), chat: chats }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), nth, byMsgid: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('setStatus' as const),
      nth,
      ofAll: fc.nat(4).map((number) => number === 0),
      byMsgid: fc.boolean(),
      code: fc.constantFrom<0 | 1 | 2 | -1>(0, 1, 2, -1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('react' as const),
      nth,
      isManager: fc.boolean(),
      emoji: fc.constantFrom('👍', '❤️', null),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('reply' as const), chat: chats, times: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('read' as const), chat: chats }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('decide' as const), chat: chats, isAccepted: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('lookBack' as const),
      chat: chats,
      offset: fc.nat(6),
      limit: fc.integer({ min: 1, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'disconnect' }, { do: 'connect' }, { do: 'connect' }) },
)

export const steps = fc.array(oneStep, { minLength: 1, maxLength: 25 })
