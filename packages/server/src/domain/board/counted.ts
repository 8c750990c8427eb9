/** What stands for "nobody" and "through no channel" in the counters' keys. */
export const NOBODY = 0
export const NO_CHANNEL = '00000000-0000-0000-0000-000000000000'

/** How the leads $2 of account $1 count now; those that are gone count nowhere. */
export const COUNTED_NOW = `
  select l.account_id, l.id as lead_id, l.pipeline_id, l.stage_id, coalesce(l.responsible_user_id, ${NOBODY}) as responsible_user_id,
    coalesce(c.channel_id, '${NO_CHANNEL}') as channel_id, coalesce(c.source_external_id, '') as source_external_id, l.price
  from lead l
  left join chat c on c.account_id = l.account_id and c.id = l.chat_id
  where l.account_id = $1 and l.id = any ($2::bigint[]) and l.deleted_at is null`
