import type { LeadFilter } from '@parley/protocol/model'
import { type RawBuilder, sql } from 'kysely'
import { ownersFor, type Viewer } from '../users/viewer.ts'

/** What every query over leads that a person may filter is made of: the joins, with their tenant. */
export const LEADS = sql`
  lead l
  left join chat c on c.account_id = l.account_id and c.id = l.chat_id
  left join contact ct on ct.account_id = l.account_id and ct.id = l.contact_id
  left join account_user u on u.account_id = l.account_id and u.id = l.responsible_user_id
  left join stage s on s.account_id = l.account_id and s.pipeline_id = l.pipeline_id and s.id = l.stage_id`

/** The leads of the viewer's account that he may see and that pass the filter. */
export function leadConditions(viewer: Viewer, filter: LeadFilter): RawBuilder<unknown> {
  const conditions = [
    sql`l.account_id = ${viewer.account.id}`,
    sql`l.deleted_at is null`,
    ...seen(viewer),
    ...chosen(filter),
  ]
  return sql.join(conditions, sql` and `)
}

function seen(viewer: Viewer): RawBuilder<unknown>[] {
  const { userIds, unowned } = ownersFor(viewer, 'leads')
  if (userIds === null) return unowned ? [] : [sql`l.responsible_user_id is not null`]
  const owned = sql`l.responsible_user_id = any (${userIds}::bigint[])`
  return [unowned ? sql`(l.responsible_user_id is null or ${owned})` : owned]
}

function chosen({ responsible, tag, stage, channel, source, q, ...range }: LeadFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (responsible) {
    const ids = responsible.filter((id) => id !== null)
    const named = sql`l.responsible_user_id = any (${ids}::bigint[])`
    conditions.push(responsible.includes(null) ? sql`(l.responsible_user_id is null or ${named})` : named)
  }
  if (tag)
    conditions.push(
      sql`exists (select from lead_tag lt where lt.account_id = l.account_id and lt.lead_id = l.id and lt.tag_id = any (${tag}::bigint[]))`,
    )
  if (stage) conditions.push(sql`l.stage_id = any (${stage}::bigint[])`)
  if (channel) conditions.push(sql`c.channel_id = ${channel}::uuid`)
  if (source !== undefined) conditions.push(sql`c.source_external_id = ${source}`)
  if (range.createdFrom !== undefined) conditions.push(sql`l.created_at >= ${new Date(range.createdFrom)}`)
  if (range.createdTo !== undefined) conditions.push(sql`l.created_at < ${new Date(range.createdTo)}`)
  if (range.priceFrom !== undefined) conditions.push(sql`l.price >= ${range.priceFrom}`)
  if (range.priceTo !== undefined) conditions.push(sql`l.price <= ${range.priceTo}`)
  if (range.noTask)
    conditions.push(
      sql`not exists (select from task k where k.account_id = l.account_id and k.lead_id = l.id and k.done_at is null and k.deleted_at is null)`,
    )
  if (q !== undefined) conditions.push(matching(q))
  return conditions
}

function matching(q: string): RawBuilder<unknown> {
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const digits = q.replace(/\D/g, '')
  const byPhone = digits.length < 4 ? sql`` : sql` or regexp_replace(ct.phone, '[^0-9]', '', 'g') like ${`%${digits}%`}`
  return sql`(l.title ilike ${pattern} or ct.name ilike ${pattern} or ct.email ilike ${pattern}${byPhone})`
}
