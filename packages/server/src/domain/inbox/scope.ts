import type { ChatState, InboxFilters, InboxSort, UserId } from '@parley/protocol/model'
import { CHAT_STATES } from '../chats/chat-state.ts'
import { coversAll, type Owners, ownersFor, type Viewer } from '../users/viewer.ts'

/** Stands for nobody in the tables of this room. */
export const NOBODY = 0 as UserId

/** Which chats a list is of, for a certain viewer. */
export interface Scope {
  /** Whose, `NOBODY` among them; null: everybody's. */
  owners: readonly UserId[] | null
  states: readonly number[]
  filters: Omit<InboxFilters, 'state' | 'responsible'>
}

/** What the viewer may see of what is asked for. */
export function scopeFor(
  viewer: Viewer,
  { state = 'open', responsible, ...filters }: InboxFilters,
  sort?: InboxSort,
): Scope {
  return {
    owners: ownersOf(ownersFor(viewer, 'leads'), readOwner(viewer, responsible)),
    states: state === 'all' ? CHAT_STATES.map((_, index) => index) : [numberOf(state)],
    // Who does not wait has no place among those who wait longest.
    filters: sort === 'waiting' ? { ...filters, waiting: true } : filters,
  }
}

const numberOf = (state: ChatState) => CHAT_STATES.indexOf(state)

function readOwner({ user }: Viewer, responsible: InboxFilters['responsible']): UserId | undefined {
  if (responsible === 'me') return user.id
  if (responsible === 'none') return NOBODY
  return responsible as UserId | undefined
}

function ownersOf(allowed: Owners, asked: UserId | undefined): readonly UserId[] | null {
  if (asked === undefined) {
    if (coversAll(allowed)) return null
    // Everybody's things without nobody's do not occur: who sees all sees these, too (`ownersFor`).
    return [...(allowed.userIds ?? []), ...(allowed.unowned ? [NOBODY] : [])]
  }
  const isAllowed = asked === NOBODY ? allowed.unowned : (allowed.userIds?.includes(asked) ?? true)
  return isAllowed ? [asked] : []
}

/** Collects the values of a statement while its text is written. */
export class Values {
  readonly list: unknown[] = []

  /** Answers how the text names the value. */
  add(value: unknown, type: string): string {
    this.list.push(value)
    return `$${this.list.length}::${type}`
  }
}

/** Conditions on the rows of `row` (`inbox_chat`, or counters: these have no tags), without owners and states. */
export function filterSql(row: string, filters: Scope['filters'], values: Values, isWaiting: string): string[] {
  const { unread, waiting, channelId, source, pipelineId, stageId } = filters
  return [
    ...(unread ? [`${row}.is_unread`] : []),
    ...(waiting ? [isWaiting] : []),
    ...(channelId === undefined ? [] : [`${row}.channel_id = ${values.add(channelId, 'uuid')}`]),
    ...(source === undefined ? [] : [`${row}.source = ${values.add(source, 'text')} and ${row}.source <> ''`]),
    ...(pipelineId === undefined ? [] : [`${row}.pipeline_id = ${values.add(pipelineId, 'bigint')}`]),
    ...(stageId === undefined ? [] : [`${row}.stage_id = ${values.add(stageId, 'bigint')}`]),
  ]
}
