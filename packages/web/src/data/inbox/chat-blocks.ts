import type { Chat, ChatId, ChatPage, InboxMarks, InboxSort } from '@parley/protocol/model'

const MINUTE_MS = 60_000

/** A chat and the time by which it stands where it stands; held rows may stand by an older time than their chat's. */
export interface Row {
  chat: Chat
  at: number
}

/** A part of a long list: all rows from one minute to another. */
export interface Block {
  /** Its first minute, in milliseconds; null: from the very beginning. */
  from: number | null
  /** Those of its rows that are loaded: the first ones, without gaps. */
  rows: readonly Row[]
  /** The key of what follows them; null: all are loaded, undefined: none is yet. */
  next: string | null | undefined
  /** How many rows it has, loaded or not, as far as it is known. */
  count: number
}

/**
 * A list of any length of which only parts are loaded. It is cut into blocks by time, so a part can be loaded, and dropped,
 * without what is before it; a number of rows stands for what is not loaded.
 */
export interface ChatBlocks {
  sort: InboxSort
  blocks: readonly Block[]
  /** The event it is as new as. */
  seq: number
}

/** What a list is ordered by; of who waits longest, the time since when. */
export const timeOf = (chat: Chat, sort: InboxSort): number =>
  sort === 'waiting' ? (chat.waitingSince ?? chat.activityAt) : chat.activityAt

const directionOf = (sort: InboxSort) => (sort === 'waiting' ? 1 : -1)

/** Below 0: `a` stands before `b`. */
export function compareRows(a: Row, b: Row, sort: InboxSort): number {
  const direction = directionOf(sort)
  if (a.at !== b.at) return direction * (a.at - b.at)
  if (a.chat.id === b.chat.id) return 0
  return direction * (a.chat.id < b.chat.id ? -1 : 1)
}

const toRow = (chat: Chat, sort: InboxSort): Row => ({ chat, at: timeOf(chat, sort) })

export const toRows = (chats: readonly Chat[], sort: InboxSort): Row[] =>
  chats.map((chat) => toRow(chat, sort)).sort((a, b) => compareRows(a, b, sort))

/** What a first page tells. */
export const beginBlocks = (page: ChatPage, sort: InboxSort): ChatBlocks => ({
  sort,
  seq: page.seq,
  blocks: [{ from: null, rows: toRows(page.items, sort), next: page.next, count: countOf(page) }],
})

const countOf = ({ items, next, total }: ChatPage) => (next === null ? items.length : Math.max(total, items.length + 1))

export const lengthOf = ({ blocks }: ChatBlocks): number => blocks.reduce((sum, block) => sum + block.count, 0)

const isWhole = (block: Block): boolean => block.next === null

/** The row at a place; undefined when it is not loaded. */
export function rowAt({ blocks }: ChatBlocks, index: number): Row | undefined {
  let before = 0
  for (const block of blocks) {
    if (index < before + block.count) return block.rows[index - before]
    before += block.count
  }
  return undefined
}

/** Where a chat stands; -1 when it is not loaded. */
export function indexOf({ blocks }: ChatBlocks, chatId: ChatId): number {
  let before = 0
  for (const block of blocks) {
    const index = block.rows.findIndex((row) => row.chat.id === chatId)
    if (index >= 0) return before + index
    before += block.count
  }
  return -1
}

export const loadedRows = ({ blocks }: ChatBlocks): Row[] => blocks.flatMap((block) => block.rows)

/** The next page of a block: behind the key `after`, or its first one. */
export interface Wanted {
  /** The minute the block begins with; null: the first block. */
  block: number | null
  after: string | null
}

/** What to ask for so that rows from `start` up to `end` are there; undefined when they are. */
export function findMissing({ blocks }: ChatBlocks, start: number, end: number): Wanted | undefined {
  let before = 0
  for (const block of blocks) {
    const firstMissing = before + block.rows.length
    const isAsked = firstMissing < end && before + block.count > start && before < end
    if (isAsked && !isWhole(block) && block.count > block.rows.length) {
      if (typeof block.next === 'string') return { block: block.from, after: block.next }
      if (block.from !== null) return { block: block.from, after: null }
    }
    before += block.count
  }
  return undefined
}

/** True when rows from `start` on can only be had page by page from far above: then marks are worth asking for. */
export function needsMarks({ blocks }: ChatBlocks, start: number, reach: number): boolean {
  const last = blocks.at(-1)
  if (!last || isWhole(last)) return false
  const firstMissing = lengthOf({ blocks } as ChatBlocks) - last.count + last.rows.length
  return start > firstMissing + reach
}

/**
 * Puts a page that was asked for into its block; what lies beyond the block is not its own. A page that nobody waits for any
 * more, because the list was read again meanwhile, changes nothing.
 */
export function takePage(list: ChatBlocks, { block: from, after }: Wanted, page: ChatPage): ChatBlocks {
  const index = list.blocks.findIndex((one) => one.from === from)
  const block = list.blocks[index]
  if (!block || (block.next ?? null) !== after) return list
  const held = new Set(loadedRows(list).map((row) => row.chat.id))
  const until = list.blocks[index + 1]?.from ?? null
  const came = toRows(page.items, list.sort)
  const own = came.filter((row) => !held.has(row.chat.id) && !isBeyond(row.at, until, list.sort))
  const isEnd = page.next === null || came.some((row) => isBeyond(row.at, until, list.sort))
  const rows = [...block.rows, ...own].sort((a, b) => compareRows(a, b, list.sort))
  const next = isEnd ? null : page.next
  const count = isEnd ? rows.length : Math.max(block.count, rows.length + 1)
  return replace(list, index, { ...block, rows, next, count })
}

/** True when a time belongs to the block that begins with the minute `from`, or one behind it. */
function isBeyond(at: number, from: number | null, sort: InboxSort): boolean {
  if (from === null) return false
  return sort === 'waiting' ? at >= from : at < from + MINUTE_MS
}

const replace = (list: ChatBlocks, index: number, block: Block): ChatBlocks => ({
  ...list,
  blocks: list.blocks.map((one, nth) => (nth === index ? block : one)),
})

/** Cuts a list that is one block at its marks; what is loaded of it stays loaded. */
export function takeMarks(list: ChatBlocks, { blocks: marks }: InboxMarks): ChatBlocks {
  const [whole] = list.blocks
  if (!whole || list.blocks.length > 1 || marks.length < 2) return list
  const blocks = marks.map((mark, index): Block => {
    const until = marks[index + 1]?.from ?? null
    const isOwn = ({ at }: Row) =>
      (index === 0 || isBeyond(at, mark.from, list.sort)) && !isBeyond(at, until, list.sort)
    const rows = whole.rows.filter(isOwn)
    const from = index === 0 ? null : mark.from
    if (rows.length === 0) return { from, rows, next: undefined, count: mark.count }
    const goesOn = whole.rows.some(({ at }) => isBeyond(at, until, list.sort))
    return goesOn
      ? { from, rows, next: null, count: rows.length }
      : { from, rows, next: whole.next, count: Math.max(mark.count, rows.length + (whole.next === null ? 0 : 1)) }
  })
  return { ...list, blocks }
}

/** Forgets rows far from those in view, so that a day of scrolling does not fill the memory. */
export function dropFar(list: ChatBlocks, start: number, end: number, mostRows: number): ChatBlocks {
  if (loadedRows(list).length <= mostRows) return list
  let before = 0
  const blocks = list.blocks.map((block) => {
    const first = before
    before += block.count
    const isNear = first < end + mostRows / 2 && before > start - mostRows / 2
    // The first one has no mark to come back by.
    return isNear || block.from === null || block.rows.length === 0 ? block : { ...block, rows: [], next: undefined }
  })
  return { ...list, blocks }
}

/**
 * The whole list has so many rows: what the loaded ones do not account for is put where nothing is loaded, at the far end
 * first.
 */
export function setTotal(list: ChatBlocks, total: number): ChatBlocks {
  let missing = total - lengthOf(list)
  if (missing === 0) return list
  const blocks = [...list.blocks]
  for (let index = blocks.length - 1; index >= 0 && missing !== 0; index -= 1) {
    const block = blocks[index]!
    if (isWhole(block)) continue
    const count = Math.max(block.rows.length + 1, block.count + missing)
    missing -= count - block.count
    blocks[index] = { ...block, count }
  }
  return blocks.some((block, index) => block !== list.blocks[index]) ? { ...list, blocks } : list
}

/** Changes the loaded rows block by block; undefined drops a row. Everything that stays the same is the same object. */
export function mapRows(list: ChatBlocks, change: (row: Row) => Row | undefined): ChatBlocks {
  let isSame = true
  const blocks = list.blocks.map((block) => {
    const rows = block.rows.map(change)
    if (rows.every((row, index) => row === block.rows[index])) return block
    isSame = false
    const kept = rows.filter((row) => row !== undefined)
    return { ...block, rows: kept, count: block.count - (rows.length - kept.length) }
  })
  return isSame ? list : { ...list, blocks }
}

/** Puts a row where it belongs; where nothing is loaded it will come with its page. Answers the list as it was then. */
export function insertRow(list: ChatBlocks, row: Row): ChatBlocks {
  const index = blockFor(list, row.at)
  const block = list.blocks[index]
  if (!block) return list
  const place = block.rows.findIndex((other) => compareRows(row, other, list.sort) < 0)
  const isInside = place >= 0 || isWhole(block)
  if (!isInside) return list
  const rows = place < 0 ? [...block.rows, row] : [...block.rows.slice(0, place), row, ...block.rows.slice(place)]
  return replace(list, index, { ...block, rows, count: block.count + 1 })
}

/** The last block that begins no later. */
function blockFor({ blocks, sort }: ChatBlocks, at: number): number {
  let found = 0
  for (const [index, { from }] of blocks.entries()) {
    if (from !== null && !isBeyond(at, from, sort)) break
    found = index
  }
  return found
}
