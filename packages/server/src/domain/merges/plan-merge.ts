import type { MergeRequest } from '@parley/protocol/model'
import { pointKey } from '../contacts/points.ts'
import type { Side } from './side.ts'

type Choice = 'mine' | 'theirs' | undefined

/** The chosen one; the other's where that is empty. */
const pick = <Value>(choice: Choice, mine: Value | null, theirs: Value | null): Value | null =>
  choice === 'theirs' ? (theirs ?? mine) : (mine ?? theirs)

/** What the one who stays is after the other went into it. Phones, e-mails and tags are those of both, its own first. */
export function planMerge(mine: Side, theirs: Side, choose: MergeRequest['choose']): Side {
  return {
    name: pick(choose.name, mine.name, theirs.name) ?? mine.name,
    company: pick(choose.company, mine.company, theirs.company),
    responsibleUserId: pick(choose.responsible, mine.responsibleUserId, theirs.responsibleUserId),
    points: joinPoints(mine.points, theirs.points),
    tagIds: [...new Set([...mine.tagIds, ...theirs.tagIds])].sort((a, b) => a - b),
    fields: joinFields(mine.fields, theirs.fields, choose.fields ?? {}),
  }
}

function joinPoints(mine: Side['points'], theirs: Side['points']): Side['points'] {
  const all = [...mine, ...theirs].map((point) => ({
    point,
    key: `${point.kind} ${pointKey(point.kind, point.value)}`,
  }))
  const firsts = all.filter(({ key }, index) => all.findIndex((other) => other.key === key) === index)
  const of = (kind: string) => firsts.filter(({ point }) => point.kind === kind).map(({ point }) => point)
  return [...of('phone'), ...of('email')]
}

function joinFields(mine: Side['fields'], theirs: Side['fields'], choose: Record<string, Choice>): Side['fields'] {
  const ids = [...new Set([...mine, ...theirs].map(({ fieldId }) => fieldId))].sort((a, b) => a - b)
  const find = (fields: Side['fields'], id: number) => fields.find(({ fieldId }) => fieldId === id) ?? null
  return ids.flatMap((id) => pick(choose[id], find(mine, id), find(theirs, id)) ?? [])
}

/** What of a contact somebody has changed since it was so; tags and fields that were taken away altogether do not count. */
export function changedSince(
  then: Side,
  now: Side,
  there: { tagIds: ReadonlySet<number>; fieldIds: ReadonlySet<number> },
) {
  const was: Side = {
    ...then,
    tagIds: then.tagIds.filter((id) => there.tagIds.has(id)),
    fields: then.fields.filter(({ fieldId }) => there.fieldIds.has(fieldId)),
  }
  const names = Object.keys(was) as (keyof Side)[]
  return names.filter((name) => JSON.stringify(inOrder(was[name])) !== JSON.stringify(inOrder(now[name])))
}

/** What came out of `jsonb` has its keys in another order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([name, held]) => [name, inOrder(held)])
}
