import type { AccountId, ChatId } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run } from '../../db/statement.ts'
import { compare, type PlacedItem } from './batch.ts'
import * as sql from './statements.ts'

interface PostOfChat {
  accountId: AccountId
  chatId: ChatId
  postId: string
}

const NONE: ReadonlySet<string> = new Set()

/**
 * Remembers the posts that comments stand under; answers those that have an open talk, as `chat/post`.
 * The chats' counters must be locked: nobody else opens a talk there meanwhile. Costs no query without comments.
 */
export async function keepPosts(client: pg.ClientBase, fresh: readonly PlacedItem[]): Promise<ReadonlySet<string>> {
  const posts = new Map<string, PostOfChat>()
  for (const { scope, chatId, inbound } of fresh) {
    const postId = inbound.content?.post?.id
    if (postId !== undefined) posts.set(`${chatId}/${postId}`, { accountId: scope.accountId, chatId, postId })
  }
  if (posts.size === 0) return NONE
  const keys = columns(
    [...posts].sort(([a], [b]) => compare(a, b)).map(([, post]) => post),
    (post) => post.accountId,
    (post) => post.chatId,
    (post) => post.postId,
  )
  const [, open] = await Promise.all([
    run(client, sql.insertPosts, keys),
    run<{ chat_id: ChatId; post_id: string }>(client, sql.findOpenPosts, keys),
  ])
  return new Set(open.map((row) => `${row.chat_id}/${row.post_id}`))
}
