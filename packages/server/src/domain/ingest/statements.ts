import { statementsOf } from '../../db/statement.ts'

/**
 * The SQL of the ingest path: set-based, named (parsed and planned once per connection), one bind parameter per column,
 * so that a statement is the same for a batch of any size. Rows go in sorted by key, so that two nodes lock in one order.
 */
const statement = statementsOf('ingest')

export const insertParticipants = statement(
  'insert_participants',
  `insert into participant (account_id, id, channel_id, client_id, name, avatar_url, phone, email, profile_link)
   select * from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
   on conflict (account_id, channel_id, client_id) do nothing`,
)

export const findParticipants = statement(
  'find_participants',
  `select p.account_id, p.channel_id, p.client_id, p.id, p.name, p.avatar_url, p.phone, p.email, p.profile_link
   from unnest($1::int[], $2::uuid[], $3::text[]) as k (account_id, channel_id, client_id)
   join participant p using (account_id, channel_id, client_id)`,
)

/** What is null stays as it was. The contact's own fields are only filled where empty (spec 01 §3.4.6, Participants). */
export const updateParticipants = statement(
  'update_participants',
  `with changed as (
     update participant p set name = coalesce(k.name, p.name), avatar_url = coalesce(k.avatar_url, p.avatar_url),
       phone = coalesce(k.phone, p.phone), email = coalesce(k.email, p.email), profile_link = coalesce(k.profile_link, p.profile_link)
     from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       as k (account_id, id, name, avatar_url, phone, email, profile_link)
     where p.account_id = k.account_id and p.id = k.id
     returning p.account_id, p.contact_id, p.phone, p.email)
   update contact c set phone = coalesce(c.phone, changed.phone), email = coalesce(c.email, changed.email)
   from changed
   where c.account_id = changed.account_id and c.id = changed.contact_id
     and (c.phone is null and changed.phone is not null or c.email is null and changed.email is not null)`,
)

/** Of people the cache knows and who were erased meanwhile none is made: then the cache is cleared. */
export const insertChats = statement(
  'insert_chats',
  `with made as (
     insert into chat (account_id, id, channel_id, client_id, participant_id, source_external_id)
     select k.* from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[])
       as k (account_id, id, channel_id, client_id, participant_id, source_external_id)
     join participant p on p.account_id = k.account_id and p.id = k.participant_id
     for key share of p
     on conflict (account_id, channel_id, client_id) do nothing
     returning account_id, id)
   insert into chat_state (account_id, chat_id) select account_id, id from made`,
)

export const findChats = statement(
  'find_chats',
  `select c.account_id, c.channel_id, c.client_id, c.id, c.source_external_id
   from unnest($1::int[], $2::uuid[], $3::text[]) as k (account_id, channel_id, client_id)
   join chat c using (account_id, channel_id, client_id)`,
)

export const updateChatSources = statement(
  'update_chat_sources',
  `update chat c set source_external_id = k.source
   from unnest($1::int[], $2::uuid[], $3::text[]) as k (account_id, id, source)
   where c.account_id = k.account_id and c.id = k.id`,
)

export const findChatsById = statement(
  'find_chats_by_id',
  `select c.id, c.source_external_id
   from unnest($1::int[], $2::uuid[]) as k (account_id, id)
   join chat c using (account_id, id)`,
)

export const findParticipantsById = statement(
  'find_participants_by_id',
  `select p.id, p.name, p.avatar_url, p.phone, p.email, p.profile_link
   from unnest($1::int[], $2::uuid[]) as k (account_id, id)
   join participant p using (account_id, id)`,
)

export const insertMessages = statement(
  'insert_messages',
  `insert into message (account_id, id, chat_id, msgid, direction, author_kind, author_id, receiver_id, kind, body, content,
     sent_at, received_at, status)
   select account_id, id, chat_id, msgid, case author_kind when 'client' then 'in' else 'out' end, author_kind, author_id,
     receiver_id, kind, body, content::jsonb, to_timestamp(sent_ms / 1000.0), to_timestamp(received_ms / 1000.0),
     case author_kind when 'client' then 'received' else 'sent' end
   from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::text[],
       $10::text[], $11::float8[], $12::float8[])
     as k (account_id, id, chat_id, msgid, author_kind, author_id, receiver_id, kind, body, content, sent_ms, received_ms)
   on conflict (account_id, chat_id, msgid) do nothing
   returning id`,
)

export const findRepeats = statement(
  'find_repeats',
  `select m.account_id, m.chat_id, m.msgid, m.id, m.author_id, m.receiver_id
   from unnest($1::int[], $2::uuid[], $3::text[]) as k (account_id, chat_id, msgid)
   join message m using (account_id, chat_id, msgid)`,
)

/** Only messages that were really inserted are counted here. A late (older) message does not become the last one. */
export const updateStates = statement(
  'update_states',
  `update chat_state s set
     unread = s.unread + k.unread,
     last_message_id = case when s.last_message_at is null or k.last_at >= s.last_message_at then k.last_id else s.last_message_id end,
     last_message_at = greatest(s.last_message_at, k.last_at),
     activity_at = greatest(s.activity_at, k.activity_at),
     activity_minute = floor(extract(epoch from greatest(s.activity_at, k.activity_at)) / 60)::int,
     waiting_since = case when k.is_answered then k.waiting_at else coalesce(s.waiting_since, k.waiting_at) end,
     last_client_at = greatest(s.last_client_at, k.client_at)
   from (select account_id, chat_id, unread, last_id, is_answered, to_timestamp(last_ms / 1000.0) as last_at,
           to_timestamp(activity_ms / 1000.0) as activity_at, to_timestamp(waiting_ms / 1000.0) as waiting_at,
           to_timestamp(client_ms / 1000.0) as client_at
         from unnest($1::int[], $2::uuid[], $3::int[], $4::uuid[], $5::float8[], $6::float8[], $7::float8[], $8::bool[], $9::float8[])
           as t (account_id, chat_id, unread, last_id, last_ms, activity_ms, waiting_ms, is_answered, client_ms)) k
   where s.account_id = k.account_id and s.chat_id = k.chat_id
   returning s.account_id, s.chat_id, s.lead_id, s.talk_id, s.unread`,
)

/**
 * Who the chats that need a lead belong to, and the pipeline of the source they came through: of the one the chat was given, else
 * of the channel's default one (spec 01 §4). Locks the participants: two nodes never make two contacts for one person.
 */
export const findLeadOwners = statement(
  'find_lead_owners',
  `select k.account_id, k.chat_id, p.id as participant_id, p.contact_id, p.name, p.phone, p.email, l.id as lead_id,
     line.pipeline_id
   from unnest($1::int[], $2::uuid[]) as k (account_id, chat_id)
   join chat c on c.account_id = k.account_id and c.id = k.chat_id
   join participant p on p.account_id = c.account_id and p.id = c.participant_id
   left join lateral (
     select lead.id from lead
     where lead.account_id = k.account_id and lead.contact_id = p.contact_id and lead.deleted_at is null
       and lead.stage_id not in (142, 143)
     order by lead.updated_at desc, lead.id desc limit 1) l on true
   left join lateral (
     select s.pipeline_id from source s
     where s.account_id = c.account_id and s.channel_id = c.channel_id and s.deleted_at is null
       and (s.external_id = c.source_external_id or s.is_default)
     order by s.external_id = c.source_external_id desc nulls last limit 1) line on true
   order by p.account_id, p.id
   for update of p`,
)

/** Where incoming leads may begin: every pipeline's first stage. */
export const findIncomingStages = statement(
  'find_incoming_stages',
  `select p.account_id, p.id as pipeline_id, s.id as stage_id, p.is_main
   from pipeline p
   join stage s on s.account_id = p.account_id and s.pipeline_id = p.id and s.kind = 'incoming'
   where p.account_id = any ($1::int[])`,
)

/** Ids beforehand, so that the rows that name each other go in without asking back. */
export const takeIds = statement(
  'take_ids',
  `select
     array(select nextval('contact_id_seq') from generate_series(1, $1::int)) as contacts,
     array(select nextval('lead_id_seq') from generate_series(1, $2::int)) as leads,
     array(select nextval('talk_id_seq') from generate_series(1, $3::int)) as talks`,
)

export const insertContacts = statement(
  'insert_contacts',
  `insert into contact (account_id, id, name, phone, email)
   select * from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[])`,
)

export const linkContacts = statement(
  'link_contacts',
  `update participant p set contact_id = k.contact_id
   from unnest($1::int[], $2::uuid[], $3::bigint[]) as k (account_id, id, contact_id)
   where p.account_id = k.account_id and p.id = k.id`,
)

export const insertLeads = statement(
  'insert_leads',
  `insert into lead (account_id, id, title, pipeline_id, stage_id, is_incoming, contact_id, chat_id)
   select account_id, id, title, pipeline_id, stage_id, true, contact_id, chat_id
   from unnest($1::int[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[])
     as k (account_id, id, title, pipeline_id, stage_id, contact_id, chat_id)`,
)

export const insertTalks = statement(
  'insert_talks',
  `insert into talk (account_id, id, chat_id, lead_id, contact_id, post_id)
   select * from unnest($1::int[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[], $6::text[])`,
)

/** The chat itself belongs to the lead as well when only a post of it is talked about; its own talk is opened by its own messages. */
export const linkTalks = statement(
  'link_talks',
  `update chat_state s set talk_id = coalesce(k.talk_id, s.talk_id),
     contact_id = case when k.talk_id is null then coalesce(s.contact_id, k.contact_id) else k.contact_id end,
     lead_id = case when k.talk_id is null then coalesce(s.lead_id, k.lead_id) else k.lead_id end
   from unnest($1::int[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[]) as k (account_id, chat_id, contact_id, lead_id, talk_id)
   where s.account_id = k.account_id and s.chat_id = k.chat_id`,
)

export const insertPosts = statement(
  'insert_posts',
  `insert into chat_post (account_id, chat_id, post_id)
   select * from unnest($1::int[], $2::uuid[], $3::text[])
   on conflict (account_id, chat_id, post_id) do nothing`,
)

/** Those of the posts that are talked about. */
export const findOpenPosts = statement(
  'find_open_posts',
  `select p.chat_id, p.post_id
   from unnest($1::int[], $2::uuid[], $3::text[]) as k (account_id, chat_id, post_id)
   join chat_post p using (account_id, chat_id, post_id)
   join talk t on t.account_id = p.account_id and t.id = p.talk_id and t.closed_at is null`,
)

export const linkPosts = statement(
  'link_posts',
  `update chat_post p set talk_id = k.talk_id
   from unnest($1::int[], $2::uuid[], $3::text[], $4::bigint[]) as k (account_id, chat_id, post_id, talk_id)
   where p.account_id = k.account_id and p.chat_id = k.chat_id and p.post_id = k.post_id`,
)

export const insertNotifications = statement(
  'insert_notifications',
  `insert into notification (account_id, kind, chat_id, lead_id, message_id, actor_user_id)
   select * from unnest($1::int[], $2::text[], $3::uuid[], $4::bigint[], $5::uuid[], $6::bigint[])
   returning id, message_id`,
)
