import type { AuthorKind, ChannelId, ChatId, MessageKind } from '@parley/protocol/model'

// What is true of a message for good stands beside its words in the same index, so that a word and a fact are looked up together.
// A fact begins with `=`, which no word does. What may change (stage, tags, who is responsible) is looked up when asked for.

/** Enough of a UUID to tell an account's things apart; what it finds is compared with the whole id. */
const ID_LENGTH = 12
const short = (uuid: string) => uuid.replaceAll('-', '').slice(-ID_LENGTH)

export const noteFact = '=n'
export const linkFact = '=l'
export const kindFact = (kind: MessageKind): string => `=k${kind}`
export const chatFact = (id: ChatId): string => `=c${short(id)}`
export const channelFact = (id: ChannelId): string => `=h${short(id)}`
export const authorFact = (kind: AuthorKind): string => `=a${kind}`
/** Of a user or a bot. */
export const personFact = (id: string): string => `=p${short(id)}`
/** Found by how it begins: the digits stand backwards, for it is the end of a number that all its spellings share. */
export const phoneFact = (digits: string): string => `=t${[...digits].reverse().join('')}`

const DAY_MS = 86_400_000
/** Days come in blocks of blocks: a day, 8, 64 and 512 of them. */
export const BLOCK_BITS = [0, 3, 6, 9] as const
export type BlockBits = (typeof BLOCK_BITS)[number]

export const dayOf = (at: number): number => Math.floor(at / DAY_MS)
export const startOfDay = (day: number): number => day * DAY_MS

/** The block of 2^bits days that a day is in. */
export const blockFact = (day: number, bits: BlockBits): string => `=d${bits}${(day >> bits).toString(36)}`

export const blockFacts = (day: number): string[] => BLOCK_BITS.map((bits) => blockFact(day, bits))

/** Before it, nothing is told apart by time; senders' clocks name any year. */
export const EARLIEST_MS = Date.UTC(2000, 0, 1)
