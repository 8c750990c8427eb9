import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../root.mjs'
import { StepFailed } from '../../run.mjs'
import { onlyUsed } from '../build-document.mjs'
import { CallGraph } from '../call-graph.mjs'
import { nameOf } from '../read-areas.mjs'
import { routesOf } from '../read-routes.mjs'
import { ofHooks } from './hooks.mjs'
import { Refusals } from './refusals.mjs'
import { SECURITY_SCHEMES, SIGNED_PARTS, securityOf } from './signature.mjs'

const FOLDER = join(root, 'packages/server/src/http/chats-api')

/** The OpenAPI document of the chats API: routes and refusals of the source, bodies of the wire, sentences of docs/api/chats.json. */
export function buildChatsDocument(compiler, wire) {
  const notes = JSON.parse(readFileSync(join(root, 'docs/api/chats.json'), 'utf8'))
  const routes = readChatsRoutes(compiler)
  refuseGaps(routes, notes.operations)
  const refusals = new Refusals(wire)
  const paths = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, (_, name) => `{${NAMES[name] ?? name}}`)
    paths[path] ??= {}
    paths[path][route.method] = operationOf(route, notes.operations[nameOf(route)], refusals)
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const document = {
    openapi: '3.1.1',
    info: {
      title: 'Parley chats API',
      version,
      summary: 'How a channel brings messages in, and gets the answers.',
      description: readFileSync(join(root, 'docs/api/chats-info.md'), 'utf8').trim(),
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The server that this document came from.' }],
    tags: notes.tags,
    paths,
    webhooks: ofHooks(notes.hooks),
    components: {
      securitySchemes: SECURITY_SCHEMES,
      parameters: SIGNED_PARTS,
      responses: refusals.all,
      schemas: {},
    },
    'x-errors': { codes: wire.ERROR_CATALOGUE, signature: wire.SIGNATURE_FAULTS, delivery: wire.DELIVERY_ERRORS },
  }
  document.components.schemas = onlyUsed(document, wire.schemas)
  return document
}

/** What the wire's documentation calls the parts of a path. */
const NAMES = { scopeId: 'scope_id', channelId: 'channel_id', chatId: 'chat_id' }

const PATH_PARTS = {
  scope_id: 'Of the answer to `connect`: the channel and the account, joined by `_`.',
  channel_id: "The channel's id, told when it was registered.",
  chat_id: "The platform's id of the chat: `conversation_id` of an answer.",
  msgid: "The message's id, percent-encoded.",
}

function readChatsRoutes(compiler) {
  const graph = new CallGraph(compiler)
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('-routes.ts') && name !== 'chats-routes.ts')
    .sort()
    .flatMap((name) => routesOf(compiler.program.getSourceFile(join(FOLDER, name)), compiler, graph))
}

function refuseGaps(routes, notes) {
  const names = routes.map(nameOf)
  const faults = [
    ...routes.filter((one) => !notes[nameOf(one)]).map((one) => `${one.place}: ${nameOf(one)} is not described.`),
    ...Object.keys(notes)
      .filter((name) => !names.includes(name))
      .map((name) => `"${name}" names no route.`),
  ]
  if (faults.length > 0) throw new StepFailed(`docs/api/chats.json: ${faults.join(' ')}`)
}

function operationOf(route, note, refusals) {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => NAMES[name] ?? name)
  const path = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    description: note.path?.[name] ?? PATH_PARTS[name],
    schema: { type: 'string' },
  }))
  const isOld = note.signedByBody === true
  return {
    operationId: note.id,
    summary: note.summary,
    ...(note.description && { description: note.description }),
    tags: [note.tag],
    security: securityOf(isOld),
    parameters: [...path, ...(note.query ?? []), ...Object.keys(SIGNED_PARTS).map((name) => refer('parameters', name))],
    ...(note.body && { requestBody: bodyOf(note) }),
    responses: { ...answersOf(note), ...refusals.of(codesOf(route, note)) },
  }
}

const refer = (kind, name) => ({ $ref: `#/components/${kind}/${name}` })

/** Either dialect; the first is the one to write. */
function bodyOf({ body, examples }) {
  const schema = { anyOf: [refer('schemas', body), refer('schemas', `${body}Lenient`)] }
  const named = Object.entries(examples).map(([summary, value]) => [
    summary.replaceAll(/\W+/g, '-'),
    { summary, value },
  ])
  return { required: true, content: { 'application/json': { schema, examples: Object.fromEntries(named) } } }
}

function answersOf({ answers }) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, example }]) => [
      status,
      {
        description,
        headers: { 'X-Request-Id': { schema: { type: 'string' }, description: 'Names the request in the log.' } },
        ...(schema && { content: { 'application/json': { schema: refer('schemas', schema), example } } }),
      },
    ]),
  )
}

const OF_EVERY_ROUTE = [
  'ORIGIN_BODY_TOO_LARGE',
  'ORIGIN_INVALID_SIGNATURE',
  'ORIGIN_NOT_REGISTERED',
  'ORIGIN_TOO_MANY_REQUESTS',
]

/** What the source of the route can refuse with, and what may happen to every request. */
const codesOf = ({ codes }, { body, codes: more = [] }) =>
  new Set([...codes, ...more, ...OF_EVERY_ROUTE, ...(body ? ['ORIGIN_INVALID_PAYLOAD'] : [])])
