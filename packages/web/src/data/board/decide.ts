import type {
  CardPlace,
  ChangeLeadRequest,
  Lead,
  LeadId,
  PipelineStage,
  RealtimeEvent,
  RequiredField,
} from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { ApiRefusal } from '../api.ts'
import { applyEvents } from '../apply-events.ts'
import { dated, lastSeq } from '../fresh.ts'
import { showAnswer } from '../show-answer.ts'
import { acceptLead, changeLead, declineLead, deleteLead, linkLead, restoreLead } from './endpoints.ts'

/** Where a card goes, and what it gets on the way. */
export interface Move {
  pipeline: { id: number; name: string }
  stage: PipelineStage
  place?: CardPlace
  /** The rank that puts it there, as far as is known here: the server's holds. */
  rank: number
  patch?: Pick<ChangeLeadRequest, 'price' | 'responsibleUserId' | 'lossReasonId'>
}

const tell = (client: QueryClient, event: Omit<RealtimeEvent, 'seq'>) => applyEvents(client, [{ seq: 0, ...event }])
/** Before the server says so; what it answers is shown by `showAnswer`. */
const show = (client: QueryClient, lead: Lead) => tell(client, { type: 'lead.updated', lead })

/**
 * Moves a card before the server says so, and takes an incoming one into work by it. When it is refused the card goes back.
 * Rejects with the refusal; `missingOf` tells what the stage asks for.
 */
export async function moveLead(
  client: QueryClient,
  lead: Lead,
  { pipeline, stage, place, rank, patch }: Move,
): Promise<Lead> {
  const { id, name, kind, hue } = stage
  const since = lastSeq()
  show(client, {
    ...lead,
    pipeline: pipeline as Lead['pipeline'],
    stage: { id, name, kind, hue },
    isIncoming: false,
    rank,
    ...(id !== lead.stage.id && { stageSince: Date.now() }),
  })
  try {
    const target = { pipelineId: pipeline.id, stageId: id, ...(place && { place }) }
    const moved = lead.isIncoming
      ? await acceptWith(lead.id, target, patch)
      : await changeLead(lead.id, { ...target, ...patch })
    showAnswer(client, since, { type: 'lead.updated', lead: moved })
    return moved
  } catch (error) {
    showAnswer(client, since, { type: 'lead.updated', lead })
    throw error
  }
}

/** What the stage asks for is filled in first; it stays when the lead is not let in after all. */
async function acceptWith(id: LeadId, target: Parameters<typeof acceptLead>[1], patch: Move['patch']): Promise<Lead> {
  const { lossReasonId, ...fields } = patch ?? {}
  if (Object.keys(fields).length > 0) await changeLead(id, fields)
  const accepted = await acceptLead(id, target)
  return lossReasonId === undefined ? accepted : changeLead(id, { lossReasonId })
}

/** Puts a card back where it was. */
export async function undoMove(client: QueryClient, before: Lead): Promise<void> {
  if (before.isIncoming) return putBack(client, before.id)
  const { answer: lead, since } = await dated(() =>
    changeLead(before.id, {
      pipelineId: before.pipeline.id,
      stageId: before.stage.id,
      place: { rank: before.rank },
      price: before.price,
      responsibleUserId: before.responsible?.id ?? null,
      ...(before.stage.kind === 'lost' && { lossReasonId: before.lossReason?.id ?? null }),
    }),
  )
  showAnswer(client, since, { type: 'lead.updated', lead })
}

export async function decline(client: QueryClient, lead: Lead): Promise<void> {
  await goneUnless(client, lead, 'lead.declined', declineLead(lead.id))
}

export async function remove(client: QueryClient, lead: Lead): Promise<void> {
  await goneUnless(client, lead, 'lead.deleted', deleteLead(lead.id))
}

export async function link(
  client: QueryClient,
  lead: Lead,
  to: { leadId?: number; contactId?: number },
): Promise<Lead> {
  const { answer: into, since } = await dated(() => linkLead(lead.id, to))
  if (into.id !== lead.id) tell(client, { type: 'lead.linked', removedLeadId: lead.id })
  showAnswer(client, since, { type: 'lead.updated', lead: into })
  return into
}

/** Takes back what was decided about a lead last. */
export async function putBack(client: QueryClient, id: LeadId): Promise<void> {
  const { answer: lead, since } = await dated(() => restoreLead(id))
  showAnswer(client, since, { type: 'lead.restored', lead })
}

async function goneUnless(
  client: QueryClient,
  lead: Lead,
  type: 'lead.declined' | 'lead.deleted',
  done: Promise<void>,
): Promise<void> {
  const since = lastSeq()
  tell(client, { type, removedLeadId: lead.id })
  try {
    await done
  } catch (error) {
    // Somebody was faster, and the stream tells what became of it; else it is still there.
    const isDecided = error instanceof ApiRefusal && (error.code === 'conflict' || error.code === 'not_found')
    if (!isDecided) showAnswer(client, since, { type: 'lead.updated', lead })
    throw error
  }
}

/** What a stage asks for and the lead does not have, when it was refused for that. */
export function missingOf(error: unknown): RequiredField[] | undefined {
  const missing = error instanceof ApiRefusal ? error.details?.missing : undefined
  return Array.isArray(missing) ? (missing as RequiredField[]) : undefined
}
