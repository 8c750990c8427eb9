import type { AccountId, ChatId, LeadId, PipelineId, StageId, UserId } from '@parley/protocol/model'
import type pg from 'pg'
import { run, statementsOf } from '../../../db/statement.ts'
import type { StoredEvent } from '../../../events/list-events.ts'
import type { NewNotice } from '../new-notice.ts'

interface ChangeRow {
  lead_id: LeadId
  chat_id: ChatId | null
  responsible_user_id: UserId | null
  pipeline_id: PipelineId
  stage_id: StageId
  /** Null: a lead that somebody made. */
  change_id: number | null
  field: 'responsible_user_id' | 'stage_id'
  actor_user_id: UserId | null
}

const statement = statementsOf('notifications')

/** The last change of each field that somebody may have to hear of; what was before it was told, or is past. */
const selectChanges = statement(
  'lead_changes',
  `select l.id as lead_id, l.chat_id, l.responsible_user_id, l.pipeline_id, l.stage_id, c.id as change_id, c.field,
     c.actor_user_id
   from unnest($2::bigint[]) as k (id)
   join lead l on l.account_id = $1 and l.id = k.id and l.deleted_at is null
   cross join (values ('responsible_user_id'), ('stage_id')) as f (field)
   cross join lateral (
     select id, field, actor_user_id from lead_change
     where account_id = $1 and lead_id = l.id and field = f.field order by id desc limit 1) c`,
)

const selectMade = statement(
  'leads_made',
  `select l.id as lead_id, l.chat_id, l.responsible_user_id, l.pipeline_id, l.stage_id, null::bigint as change_id,
     'responsible_user_id' as field, k.actor as actor_user_id
   from unnest($2::bigint[], $3::bigint[]) as k (id, actor)
   join lead l on l.account_id = $1 and l.id = k.id and l.deleted_at is null`,
)

/** A lead was given to somebody, or moved to another stage. */
export async function noticesOfLeads(
  client: pg.ClientBase,
  accountId: AccountId,
  events: readonly StoredEvent[],
): Promise<NewNotice[]> {
  const changed = new Set(events.filter(({ type }) => type !== 'lead.created').map((event) => event.lead_id))
  const made = new Map(
    events
      .filter((event) => event.type === 'lead.created' && event.actor_user_id !== null)
      .map((event) => [event.lead_id, event.actor_user_id]),
  )
  const rows = [
    ...(changed.size > 0 ? await run<ChangeRow>(client, selectChanges, [accountId, [...changed]]) : []),
    ...(made.size > 0
      ? await run<ChangeRow>(client, selectMade, [accountId, [...made.keys()], [...made.values()]])
      : []),
  ]
  return rows.flatMap(toNotice)
}

function toNotice(row: ChangeRow): NewNotice[] {
  const about = { actorId: row.actor_user_id, chatId: row.chat_id, leadId: row.lead_id }
  if (row.field === 'responsible_user_id') {
    const { responsible_user_id: targetId } = row
    const fact = row.change_id === null ? `made:${row.lead_id}` : `given:${row.change_id}`
    return targetId === null ? [] : [{ ...about, kind: 'assigned', fact, targetId }]
  }
  const detail = { pipelineId: row.pipeline_id, stageId: row.stage_id }
  return [{ ...about, kind: 'lead_stage', fact: `stage:${row.change_id}`, targetId: null, detail }]
}
