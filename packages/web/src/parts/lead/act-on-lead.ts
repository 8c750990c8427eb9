import type { Lead, LeadId, Pipeline, PipelineStage } from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { decline, link, type Move, missingOf, moveLead, putBack, remove, undoMove } from '../../data/board/decide.ts'
import { decideLeads, restoreLeads } from '../../data/board/endpoints.ts'
import { sayAgain } from '../../i18n/said.ts'
import { t } from '../../i18n/t.ts'
import { reasonOf } from '../Notice.tsx'
import { toast } from '../toast.ts'
import { askAbout } from './ask.ts'
import { topRank } from './rank.ts'
import type { Target } from './targets.ts'

export const toMove = (pipeline: Pick<Pipeline, 'id' | 'name'>, stage: PipelineStage): Move => ({
  pipeline,
  stage,
  rank: topRank(),
})

/**
 * Moves a lead, asks what must be asked on the way, and says what was done, with *Undo*. What is refused is said, too, and the
 * card is back where it was.
 */
export async function moveWithUndo(client: QueryClient, lead: Lead, move: Move): Promise<void> {
  const isLostNow = move.stage.kind === 'lost' && lead.stage.kind !== 'lost'
  if (isLostNow && move.patch?.lossReasonId === undefined) {
    askAbout({ kind: 'reason', lead, move, onAnswer: (answered) => void moveWithUndo(client, lead, answered) })
    return
  }
  try {
    await moveLead(client, lead, move)
    const isElsewhere = move.stage.id !== lead.stage.id || move.pipeline.id !== lead.pipeline.id
    if (isElsewhere) toast({ text: sayMoved(lead, move), undo: () => undoMove(client, lead) })
  } catch (error) {
    const missing = missingOf(error)
    if (missing)
      askAbout({ kind: 'missing', lead, move, missing, onAnswer: (next) => void moveWithUndo(client, lead, next) })
    else
      toast({
        tone: 'bad',
        text: t(lead.isIncoming ? 'lead.acceptFailed' : 'lead.moveFailed', { reason: reasonOf(error) }),
      })
  }
}

function sayMoved(lead: Lead, { stage }: Move): string {
  const values = { title: lead.title, stage: stage.name }
  if (lead.isIncoming) return t('lead.acceptedInto', values)
  if (stage.kind === 'won') return t('lead.won', values)
  return stage.kind === 'lost' ? t('lead.lost', values) : t('lead.movedTo', values)
}

export const acceptInto = (client: QueryClient, lead: Lead, { pipeline, stage }: Target): Promise<void> =>
  moveWithUndo(client, lead, toMove(pipeline, stage))

export async function declineWithUndo(client: QueryClient, lead: Lead): Promise<void> {
  await sayDone(decline(client, lead), {
    done: t('lead.declined', { title: lead.title }),
    failed: 'lead.declineFailed',
    undo: () => putBack(client, lead.id),
  })
}

export async function removeWithUndo(client: QueryClient, lead: Lead): Promise<void> {
  await sayDone(remove(client, lead), {
    done: t('lead.removed', { title: lead.title }),
    failed: 'lead.removeFailed',
    undo: () => putBack(client, lead.id),
  })
}

/** Rejects when it was refused: the dialog it comes from stays open and says so. */
export async function linkWithUndo(
  client: QueryClient,
  lead: Lead,
  to: { leadId?: LeadId; contactId?: number },
): Promise<void> {
  const into = await link(client, lead, to)
  const text =
    into.id === lead.id
      ? t('lead.linkedToContact', { title: lead.title, name: into.contact?.name ?? '' })
      : t('lead.linkedTo', { title: lead.title, lead: into.title })
  toast({ text, undo: () => putBack(client, lead.id) })
}

async function sayDone(
  work: Promise<unknown>,
  say: { done: string; failed: 'lead.declineFailed' | 'lead.removeFailed'; undo: () => Promise<void> },
): Promise<void> {
  try {
    await work
    toast({ text: say.done, undo: say.undo })
  } catch (error) {
    toast({ tone: 'bad', text: t(say.failed, { reason: reasonOf(error) }) })
  }
}

/** As many as the server takes in one request. */
const MOST_AT_ONCE = 500

/** Decides about many; what could not be done is counted, with the first reason. */
export async function decideMany(leads: readonly Lead[], into: Target | 'decline'): Promise<void> {
  const leadIds = leads.slice(0, MOST_AT_ONCE).map(({ id }) => id)
  const target =
    into === 'decline'
      ? { decision: 'decline' as const }
      : { decision: 'accept' as const, pipelineId: into.pipeline.id, stageId: into.stage.id }
  try {
    const { done, failed } = await decideLeads({ ...target, leadIds })
    if (done.length > 0)
      toast({
        text: t(into === 'decline' ? 'lead.declinedMany' : 'lead.acceptedMany', { count: done.length }),
        undo: () => restoreLeads(done),
      })
    const [first] = failed
    if (first)
      toast({
        tone: 'bad',
        text: t('lead.someFailed', { count: failed.length, reason: sayAgain(first.reason) }),
      })
  } catch (error) {
    const key = into === 'decline' ? 'lead.declineFailed' : 'lead.acceptFailed'
    toast({ tone: 'bad', text: t(key, { reason: reasonOf(error) }) })
  }
}
