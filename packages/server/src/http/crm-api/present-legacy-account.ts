import type { CustomField, FieldType, Pipeline, TeamGroup, User } from '@parley/protocol/model'
import { type AccountParts, colorOf, NOTE_TYPE, offsetOf, PATTERNS, TASK_TYPES } from './account-parts.ts'

/** `accounts/current`: numbers are strings, and the chat id is there only when it is asked for (spec 06 §5.2). */
export function presentAccountV1(parts: AccountParts, hasChatId: boolean) {
  const { viewer, users, groups, pipelines, fields } = parts
  const { account } = viewer
  const language = account.language ?? 'en'
  const main = pipelines.find(({ isMain }) => isMain) ?? pipelines[0]
  return {
    id: String(account.id),
    name: account.name,
    subdomain: account.subdomain,
    currency: account.currency,
    timezone: account.timeZone,
    language,
    date_pattern: PATTERNS.dateTime,
    ...(hasChatId && { amojo_id: account.amojoId }),
    current_user: viewer.user.id,
    users: users.map((user) => presentUserV1(user, language)),
    groups: groups.map(presentGroup),
    leads_statuses: main ? statusesOf(main) : [],
    custom_fields: {
      contacts: fields.filter(({ entity }) => entity === 'contact').map(presentFieldV1),
      leads: fields.filter(({ entity }) => entity === 'lead').map(presentFieldV1),
      companies: [],
    },
    note_types: [NOTE_TYPE],
    task_types: TASK_TYPES,
    pipelines: byId(pipelines, (pipeline, sort) => ({
      id: pipeline.id,
      value: pipeline.id,
      label: pipeline.name,
      name: pipeline.name,
      sort,
      is_main: pipeline.isMain,
      statuses: Object.fromEntries(statusesOf(pipeline).map((status) => [status.id, status])),
    })),
  }
}

/** `/api/v2/account`: flat, with parts by `with` (spec 06 §5.2). */
export function presentAccountV2(
  { viewer, users, groups, pipelines, fields }: AccountParts,
  asked: ReadonlySet<string>,
  { self, now }: { self: string; now: Date },
) {
  const { account } = viewer
  const language = account.language ?? 'en'
  const embedded = {
    users: () => byId(users, (user) => presentUserV2(user, language)),
    pipelines: () => byId(pipelines, presentPipelineV2),
    groups: () => groups.map(presentGroup),
    custom_fields: () => ({
      contacts: byId(fieldsOf(fields, 'contact'), presentFieldV2),
      leads: byId(fieldsOf(fields, 'lead'), presentFieldV2),
      companies: {},
    }),
    note_types: () => ({ [NOTE_TYPE.id]: { ...NOTE_TYPE, is_editable: true } }),
    task_types: () => Object.fromEntries(TASK_TYPES.map((type) => [type.id, type])),
  }
  return {
    _links: { self: { href: self, method: 'get' } },
    id: account.id,
    name: account.name,
    subdomain: account.subdomain,
    currency: account.currency,
    timezone: account.timeZone,
    timezone_offset: offsetOf(account.timeZone, now),
    language,
    date_pattern: {
      date: PATTERNS.date,
      time: PATTERNS.time,
      date_time: PATTERNS.dateTime,
      time_full: PATTERNS.timeFull,
    },
    current_user: viewer.user.id,
    amojo_id: account.amojoId,
    _embedded: Object.fromEntries(
      Object.entries(embedded)
        .filter(([name]) => asked.has(name))
        .map(([name, read]) => [name, read()]),
    ),
  }
}

const byId = <Item extends { id: number }, Shown>(items: readonly Item[], show: (item: Item, index: number) => Shown) =>
  Object.fromEntries(items.map((item, index) => [String(item.id), show(item, index)]))

const fieldsOf = (fields: readonly CustomField[], entity: CustomField['entity']) =>
  fields.filter((field) => field.entity === entity)

const presentGroup = ({ id, name }: TeamGroup) => ({ id, name })

const presentUserV1 = (user: User, language: string) => ({
  id: String(user.id),
  name: user.name,
  last_name: null,
  login: user.email,
  language,
  group_id: user.groupId ?? 0,
  is_admin: user.role === 'admin' ? 'Y' : 'N',
  amojo_id: user.amojoId,
})

const presentUserV2 = (user: User, language: string) => ({
  id: user.id,
  name: user.name,
  last_name: null,
  login: user.email,
  language,
  group_id: user.groupId ?? 0,
  is_active: true,
  is_free: false,
  is_admin: user.role === 'admin',
})

const statusesOf = ({ id, stages }: Pipeline) =>
  stages
    .filter(({ kind }) => kind !== 'incoming')
    .map((stage, index) => ({
      id: String(stage.id),
      name: stage.name,
      pipeline_id: id,
      color: colorOf(stage.hue),
      editable: stage.kind === 'open' ? 'Y' : 'N',
      sort: String((index + 1) * 10),
    }))

const presentPipelineV2 = (pipeline: Pipeline, sort: number) => ({
  id: pipeline.id,
  name: pipeline.name,
  sort,
  is_main: pipeline.isMain,
  statuses: Object.fromEntries(
    statusesOf(pipeline).map((status) => [
      status.id,
      { ...status, id: Number(status.id), sort: Number(status.sort), is_editable: status.editable === 'Y' },
    ]),
  ),
})

/** The numbers of the time for kinds of fields. */
const FIELD_NUMBERS: Record<FieldType, number> = {
  text: 1,
  number: 2,
  money: 2,
  checkbox: 3,
  select: 4,
  multiselect: 5,
  date: 6,
  datetime: 6,
  url: 7,
  phone: 8,
  email: 8,
  textarea: 9,
}

const enumsOf = ({ options }: CustomField) =>
  options.length === 0 ? {} : { enums: Object.fromEntries(options.map(({ id, name }) => [String(id), name])) }

const presentFieldV1 = (field: CustomField, index: number) => ({
  id: String(field.id),
  name: field.name,
  code: null,
  multiple: field.type === 'multiselect' ? 'Y' : 'N',
  type_id: String(FIELD_NUMBERS[field.type]),
  disabled: '0',
  sort: index,
  ...enumsOf(field),
})

const presentFieldV2 = (field: CustomField, sort: number) => ({
  id: field.id,
  name: field.name,
  field_type: FIELD_NUMBERS[field.type],
  sort,
  is_multiple: field.type === 'multiselect',
  is_required: field.isRequired,
  is_system: false,
  is_editable: true,
  ...enumsOf(field),
})
