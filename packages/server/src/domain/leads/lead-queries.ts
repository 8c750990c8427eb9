import type {
  AccountId,
  ContactId,
  Lead,
  LeadId,
  LossReasonId,
  NextTask,
  PipelineId,
  StageId,
  StageKind,
  Tag,
  UserId,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { fieldValuesSql, toFieldValues, type ValueRow } from '../fields/field-queries.ts'
import { tagsSql } from '../tags/tag-queries.ts'

interface LeadRow {
  id: LeadId
  title: string
  price: number
  is_incoming: boolean
  tags: Tag[] | null
  fields: ValueRow[] | null
  next_task: NextTask | null
  created_at: Date
  updated_at: Date
  stage_since: Date
  rank: number
  loss_reason_id: LossReasonId | null
  loss_reason_name: string | null
  pipeline_id: PipelineId
  pipeline_name: string
  stage_id: StageId
  stage_name: string
  stage_kind: StageKind
  hue: number
  responsible_id: UserId | null
  responsible_name: string | null
  contact_id: ContactId | null
  contact_name: string | null
  phone: string | null
  email: string | null
  company: string | null
  channel_title: string | null
  channel_code: string | null
  source_external_id: string | null
}

/** Every read of leads is made of this, and so carries its tenant ($1). */
const byIds = statementsOf('leads')(
  'by_ids',
  `select l.id, l.title, l.price, l.is_incoming, l.created_at, l.updated_at, l.stage_since, l.rank,
    ${tagsSql('lead', 'l')} as tags, ${fieldValuesSql('lead', 'l')} as fields,
    (select jsonb_build_object('id', k.id, 'kind', k.kind, 'text', k.text, 'dueOn', k.due_on,
       'dueAt', floor(extract(epoch from k.due_at) * 1000))
     from task k where k.account_id = l.account_id and k.lead_id = l.id and k.deleted_at is null and k.done_at is null
     order by k.due_at, k.id limit 1) as next_task,
    p.id as pipeline_id, p.name as pipeline_name, s.id as stage_id, s.name as stage_name, s.kind as stage_kind, s.hue,
    lr.id as loss_reason_id, lr.name as loss_reason_name,
    u.id as responsible_id, u.name as responsible_name,
    ct.id as contact_id, ct.name as contact_name, ct.phone, ct.email, ct.company,
    coalesce(cn.title, ch.name) as channel_title, ch.code as channel_code, c.source_external_id
  from lead l
  join pipeline p on p.account_id = l.account_id and p.id = l.pipeline_id
  join stage s on s.account_id = l.account_id and s.pipeline_id = l.pipeline_id and s.id = l.stage_id
  left join loss_reason lr on lr.account_id = l.account_id and lr.id = l.loss_reason_id
  left join account_user u on u.account_id = l.account_id and u.id = l.responsible_user_id
  left join contact ct on ct.account_id = l.account_id and ct.id = l.contact_id and ct.deleted_at is null
  left join chat c on c.account_id = l.account_id and c.id = l.chat_id
  left join channel ch on ch.id = c.channel_id
  left join connection cn on cn.account_id = l.account_id and cn.channel_id = c.channel_id
  where l.account_id = $1 and l.id = any ($2::bigint[]) and l.deleted_at is null`,
)

/** Those of the ids that are leads of this account; a declined one is gone. */
export async function findLeads(pool: Runner, accountId: AccountId, ids: readonly LeadId[]): Promise<Lead[]> {
  if (ids.length === 0) return []
  const rows = await run<LeadRow>(pool, byIds, [accountId, ids])
  return rows.map(toLead)
}

/** @throws {AppError} `not_found`: no such lead in this account */
export async function getLead(pool: Runner, accountId: AccountId, id: LeadId): Promise<Lead> {
  const [lead] = await findLeads(pool, accountId, [id])
  if (!lead) throw new AppError('not_found', 'There is no such lead in this account, or it was declined.')
  return lead
}

function toLead(row: LeadRow): Lead {
  return {
    id: row.id,
    title: row.title,
    price: row.price,
    pipeline: { id: row.pipeline_id, name: row.pipeline_name },
    stage: { id: row.stage_id, name: row.stage_name, kind: row.stage_kind, hue: row.hue },
    isIncoming: row.is_incoming,
    responsible: row.responsible_id === null ? null : { id: row.responsible_id, name: row.responsible_name ?? '' },
    contact:
      row.contact_id === null
        ? null
        : {
            id: row.contact_id,
            name: row.contact_name ?? '',
            phone: row.phone,
            email: row.email,
            company: row.company,
          },
    source:
      row.channel_code === null
        ? null
        : { channelTitle: row.channel_title ?? '', channelCode: row.channel_code, externalId: row.source_external_id },
    tags: row.tags ?? [],
    fields: toFieldValues(row.fields),
    nextTask: row.next_task,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    stageSince: row.stage_since.getTime(),
    rank: row.rank,
    lossReason: row.loss_reason_id === null ? null : { id: row.loss_reason_id, name: row.loss_reason_name ?? '' },
  }
}
