import type { Me, Reaction } from '@parley/protocol/model'

/** One chip: everybody who gave the same. */
export interface ReactionGroup {
  emoji: string
  isMine: boolean
  /** Of the others, in the order they came. */
  names: string[]
  count: number
}

/** The chips of a message, in the order each emoji was first given. */
export function groupReactions(reactions: readonly Reaction[], me: Me): ReactionGroup[] {
  const groups = new Map<string, ReactionGroup>()
  for (const { emoji, author } of reactions) {
    const group = groups.get(emoji) ?? { emoji, isMine: false, names: [], count: 0 }
    groups.set(emoji, group)
    group.count += 1
    if (isMe(author, me)) group.isMine = true
    else group.names.push(author.name)
  }
  return [...groups.values()]
}

/** One's own reaction; null when there is none. */
export const ownReaction = (reactions: readonly Reaction[], me: Me): string | null =>
  reactions.find(({ author }) => isMe(author, me))?.emoji ?? null

/** The same with another reaction of one's own, or without one: everybody has at most one. */
export function withOwnReaction(reactions: readonly Reaction[], me: Me, emoji: string | null): Reaction[] {
  const others = reactions.filter(({ author }) => !isMe(author, me))
  if (emoji === null) return others
  return [...others, { emoji, author: { id: me.user.amojoId, kind: 'user', name: me.user.name } }]
}

const isMe = (author: Reaction['author'], me: Me) => author.kind === 'user' && author.id === me.user.amojoId

const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const
const QUICK_COUNT = QUICK.length

/** What is offered at once. A channel that takes only some gets as many of those, ours first. */
export function quickReactions(allowed: 'all' | readonly string[]): readonly string[] {
  if (allowed === 'all') return QUICK
  const ours = QUICK.filter((emoji) => allowed.includes(emoji))
  return [...ours, ...allowed.filter((emoji) => !ours.some((one) => one === emoji))].slice(0, QUICK_COUNT)
}

export const canReactWith = (allowed: 'all' | readonly string[], emoji: string) =>
  allowed === 'all' || allowed.includes(emoji)
