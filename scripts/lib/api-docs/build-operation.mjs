import { StepFailed } from '../run.mjs'

/** One operation: what it takes, what it answers, how it refuses. */
export function buildOperation(route, note, { inputs, schemas, responses, pathTypes }) {
  const body = bodyOf(route, note, inputs)
  const parameters = [
    ...pathParameters(route, inputs, schemas, pathTypes),
    ...queryParameters(route, inputs, schemas),
    ...(note.parameters ?? []),
  ]
  return {
    operationId: operationIdOf(route),
    summary: note.summary,
    ...describe(route, note),
    tags: [note.tag],
    ...(!route.isGuarded && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: { ...answersOf(route), ...responses.of(codesOf(route, note)) },
  }
}

/** Where only admins may do it, that is said, and kept where programs can read it. */
function describe({ needsAdmin, method }, { description, isForAll }) {
  const isForAdmins = needsAdmin && !isForAll
  const text = [description, isForAdmins && `Only admins ${method === 'get' ? 'see' : 'do'} this.`]
    .filter(Boolean)
    .join(' ')
  return { ...(text !== '' && { description: text }), ...(isForAdmins && { 'x-rights': 'admin' }) }
}

/** `GET /chats/:chatId/messages` is `getChatMessages`: what a part of the path names stands in the singular. */
function operationIdOf({ method, path }) {
  const parts = path.split('/').filter((part) => part !== '')
  const words = parts.flatMap((part, index) => {
    if (part.startsWith(':')) return []
    const next = parts[index + 1]
    return (next?.startsWith(':') ? oneOf(part, next.slice(1)) : part).split(/[-.]/)
  })
  return method + words.map((word) => word[0].toUpperCase() + word.slice(1)).join('')
}

/** `chats`, `chatId`: `chat`; `bulk`, `jobId`: `bulk-job`. */
function oneOf(word, param) {
  const one = singular(word)
  return one === word ? `${word}-${param.replace(/Id$/, '')}` : one
}

const singular = (word) => word.replace(/ies$/, 'y').replace(/s$/, '')

function codesOf({ isGuarded, isForOwnPages, method, codes }, note) {
  const all = new Set([...codes, ...(note.codes ?? [])])
  // Before the handler: nobody logged in; the cookie of somebody, sent by another site.
  if (isGuarded) all.add('not_logged_in')
  if (isForOwnPages && method !== 'get') all.add('forbidden')
  return all
}

function pathParameters({ path, inputs: read }, inputs, schemas, pathTypes) {
  const said = propertiesOf(read.params, inputs, schemas)
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: said.find((one) => one.name === name)?.schema ?? pathTypes[name] ?? { type: 'string' },
  }))
}

function queryParameters({ inputs: read, place }, inputs, schemas) {
  const seen = new Map()
  for (const { name, schema, isRequired } of propertiesOf(read.query, inputs, schemas)) {
    const { description, ...rest } = schema
    const text = description ?? PAGING[name]
    const known = seen.get(name)
    if (known && JSON.stringify(known.schema) !== JSON.stringify(rest)) {
      if (name === 'limit' || name === 'after') continue
      throw new StepFailed(`${place}: ${name} of the query is read twice, and differently.`)
    }
    seen.set(name, {
      name,
      in: 'query',
      ...(text && { description: text }),
      ...(isRequired && { required: true }),
      schema: rest,
    })
  }
  return [...seen.values()]
}

const PAGING = {
  limit: 'At most so many.',
  after: 'The `next` of the page before.',
  before: 'The `next` of the page before.',
}

function propertiesOf(list, inputs, schemas) {
  return list.flatMap((input) => {
    const schema = resolve(inputs.schemaOf(input), schemas)
    return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
      name,
      schema: property,
      isRequired: (schema.required ?? []).includes(name) && property.default === undefined,
    }))
  })
}

const resolve = (schema, schemas) => (schema.$ref ? schemas[schema.$ref.split('/').at(-1)] : schema)

function bodyOf({ inputs: read }, note, inputs) {
  if (note.body) return { required: true, content: { [note.body]: {} } }
  const found = new Map(read.body.map((input) => [JSON.stringify(inputs.schemaOf(input)), inputs.schemaOf(input)]))
  const list = [...found.values()]
  if (list.length === 0) return undefined
  const schema = list.length === 1 ? list[0] : { allOf: list }
  return {
    required: true,
    content: { 'application/json': { schema, ...(note.example !== undefined && { example: note.example }) } },
  }
}

const SAID = {
  200: 'As asked.',
  201: 'Made.',
  202: 'It will be done.',
  204: 'Done; there is nothing to say.',
  304: 'As it was.',
}

function answersOf({ answers }) {
  return Object.fromEntries(
    answers.map(({ status, schema, mediaType }) => {
      const type = mediaType ?? (schema && 'application/json')
      const content = type && { [type]: { schema: schema ?? { type: 'string' } } }
      return [status, { description: SAID[status] ?? 'Refused.', ...(content && { content }) }]
    }),
  )
}
