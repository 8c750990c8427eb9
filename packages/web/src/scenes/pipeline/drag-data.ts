import type { Edge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/types'
import type { Lead, StageId } from '@parley/protocol/model'

/** Where a card would land. */
export type Over =
  /** At a card's edge; without a card, under the last one. */
  | { kind: 'place'; stageId: StageId; leadId: number | undefined; edge: Edge }
  /** On *Won* or *Lost* at the foot. */
  | { kind: 'zone'; stageId: StageId }

export interface Dragged {
  lead: Lead
  over: Over | null
}

type Data = Record<string | symbol, unknown>

const LEAD = 'parley/lead'

export const dragDataOf = (lead: Lead): Data => ({ kind: LEAD, lead })
export const leadOf = (data: Data): Lead | undefined => (data.kind === LEAD ? (data.lead as Lead) : undefined)

export const cardDataOf = (stageId: StageId, leadId: number): Data => ({ kind: 'card', stageId, leadId })
export const columnDataOf = (stageId: StageId): Data => ({ kind: 'column', stageId })
export const zoneDataOf = (stageId: StageId): Data => ({ kind: 'zone', stageId })

/** The innermost of what lies under the pointer says it. */
export function overOf(targets: readonly { data: Data }[], edgeOf: (data: Data) => Edge | null): Over | null {
  for (const { data } of targets) {
    const stageId = data.stageId as StageId
    if (data.kind === 'zone') return { kind: 'zone', stageId }
    if (data.kind === 'card')
      return { kind: 'place', stageId, leadId: data.leadId as number, edge: edgeOf(data) ?? 'top' }
    if (data.kind === 'column') return { kind: 'place', stageId, leadId: undefined, edge: 'bottom' }
  }
  return null
}

export function isSameOver(a: Over | null, b: Over | null): boolean {
  if (a === null || b === null || a.kind !== b.kind || a.stageId !== b.stageId) return a === b
  return a.kind === 'zone' || (b.kind === 'place' && a.leadId === b.leadId && a.edge === b.edge)
}
