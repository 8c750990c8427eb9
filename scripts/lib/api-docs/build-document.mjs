import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.mjs'
import { StepFailed } from '../run.mjs'
import { AnswerSchemas } from './answer-schemas.mjs'
import { buildOperation } from './build-operation.mjs'
import { CallGraph } from './call-graph.mjs'
import { describeInputs } from './describe-inputs.mjs'
import { readInputSchemas } from './input-schemas.mjs'
import { nameOf, readAreas } from './read-areas.mjs'
import { readRoutes } from './read-routes.mjs'
import { Responses } from './responses.mjs'

const MODEL = join(root, 'packages/protocol/src/model')
const BY_METHOD = ['get', 'post', 'put', 'patch', 'delete']

/** The OpenAPI document of the app API, made of the server's source. */
export async function buildDocument(compiler) {
  const routes = readRoutes(compiler, new CallGraph(compiler)).sort(byPath)
  const { tags, notes } = readAreas(routes)
  const answers = new AnswerSchemas(compiler)
  const schemaNamed = (name) => answers.schemaOf(typeNamed(compiler, name))
  const frames = ['RealtimeEvent', 'RealtimeReset', 'RealtimeWhisper'].map(schemaNamed)
  schemaNamed('ApiError')
  for (const route of routes) describeAnswers(route, notes.get(nameOf(route)), answers, schemaNamed)
  const taken = answers.components
  const inputs = await readInputSchemas(
    routes.flatMap((route) => Object.values(route.inputs).flat()),
    new Set(Object.keys(taken)),
  )
  describeInputs(compiler, inputs)
  const schemas = { ...taken, ...inputs.components }
  const responses = new Responses(inputs)
  const operations = routes.map((route) => {
    const note = notes.get(nameOf(route))
    return {
      route,
      operation: buildOperation(route, note, { inputs, schemas, responses, pathTypes: pathTypesOf(routes) }),
    }
  })
  return assemble({ operations, tags, schemas, responses: responses.all, frames })
}

/** A type of the protocol. @throws {StepFailed} there is none */
function typeNamed({ program, checker }, name) {
  const files = [
    join(MODEL, 'realtime.ts'),
    ...readdirSync(join(MODEL, 'shapes')).map((one) => join(MODEL, 'shapes', one)),
  ]
  for (const file of files) {
    const declaration = program.getSourceFile(file).statements.find((one) => one.name?.text === name)
    if (declaration) return checker.getTypeAtLocation(declaration.name)
  }
  throw new StepFailed(`docs/api/areas/: the protocol has no type ${name}.`)
}

/** By the types of what is sent. What goes out as text or as a stream has none that tells, so people name it. */
function describeAnswers(route, note, answers, schemaNamed) {
  if (note.answers) {
    route.answers = Object.entries(note.answers).map(([status, said]) =>
      said?.startsWith('#') ? { status, schema: schemaNamed(said.slice(1)) } : { status, mediaType: said },
    )
    return
  }
  try {
    for (const one of route.answers) if (one.type) one.schema = answers.schemaOf(one.type)
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    throw new StepFailed(
      `${route.place}: ${error.message} Or say what it is in docs/api/areas/: "answers": { "200": "text/csv" }, or "#TypeOfTheProtocol".`,
    )
  }
}

const byPath = (a, b) =>
  a.path === b.path ? BY_METHOD.indexOf(a.method) - BY_METHOD.indexOf(b.method) : a.path < b.path ? -1 : 1

/** A part of a path means the same wherever it stands. */
const pathTypesOf = (routes) => Object.assign({}, ...routes.map(({ pathTypes }) => pathTypes))

function assemble({ operations, tags, schemas, responses, frames }) {
  const paths = {}
  for (const { route, operation } of operations) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] ??= path === '/realtime' ? { servers: [{ url: '/' }] } : {}
    paths[path][route.method] = operation
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const document = {
    openapi: '3.1.1',
    info: {
      title: 'Parley app API',
      version,
      summary: 'Everything that the screens do, for any program.',
      description: readFileSync(join(root, 'docs/api/info.md'), 'utf8').trim(),
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/app/v1', description: 'The server that this document came from.' }],
    security: [{ token: [] }, { session: [] }],
    tags,
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token made by `POST /me/tokens`: `prl_…`.' },
        session: { type: 'apiKey', in: 'cookie', name: 'parley_session', description: 'Set by `POST /session`.' },
      },
      responses,
      schemas: {},
    },
    'x-realtime': {
      path: '/realtime',
      frames: { anyOf: frames },
      description: 'What `data` of a frame holds. See GET /realtime.',
    },
  }
  document.components.schemas = onlyUsed(document, schemas)
  return document
}

/** What nothing refers to is of no use to a reader. */
export function onlyUsed(document, schemas) {
  const used = new Set()
  const left = namesIn(document)
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (used.has(name)) continue
    used.add(name)
    left.push(...namesIn(schemas[name]))
  }
  return Object.fromEntries([...used].sort().map((name) => [name, schemas[name]]))
}

const namesIn = (value) =>
  [...JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
