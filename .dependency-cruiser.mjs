// Which room may import which: the table of docs/ARCHITECTURE.md. Run by `npm run verify`.
import { readdirSync } from 'node:fs'
import swc from '@swc/core'

// TypeScript 7 has no compiler API to parse with, so swc reads our files; dependency-cruiser forgets to tell it which have JSX.
const { parseFileSync } = swc
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith('.tsx') })

const model = 'packages/protocol/src/model/'
const inServer = (...names) => `packages/server/src/(${names.join('|')})/`

/** Room: what it may import besides itself. A room that stands in none of these rows may import everything. */
const rooms = {
  'packages/protocol/src/model/': [],
  'packages/protocol/src/wire/': [model],
  'packages/protocol/src/signing/': [],
  'packages/protocol/src/lab/': [model, 'packages/protocol/src/signing/'],
  'packages/sdk/': ['packages/protocol/'],
  'packages/server/src/lib/': [],
  'packages/server/src/db/': [model, inServer('lib')],
  'packages/server/src/events/': [model, inServer('db', 'lib')],
  'packages/server/src/domain/': [model, inServer('events', 'db', 'lib')],
  'packages/server/src/wire/': ['packages/protocol/', inServer('domain', 'lib')],
  'packages/server/src/http/': ['packages/protocol/', inServer('wire', 'domain', 'lib')],
  'packages/server/src/realtime/': [model, inServer('domain', 'events', 'db', 'lib')],
  'packages/server/src/jobs/': [
    model,
    'packages/protocol/src/signing/',
    inServer('wire', 'domain', 'events', 'db', 'lib'),
  ],
  // Composition, the only files that see every room of the server.
  'packages/server/src/((start|assemble)-server|config|index|internals|startup/.*)[.]ts': [
    model,
    'packages/server/src/',
  ],
  // The simulator's client writes as a channel does; the rest of the screens never speaks the wire's words.
  'packages/web/': [model, 'packages/protocol/src/wire/client-acts.ts'],
  // The lab speaks the same sentences at the command line.
  'packages/cli/': ['packages/(server/src/index[.]ts|sdk/|protocol/|web/src/i18n/en/lab[.]json)'],
  'packages/testkit/': ['packages/(server|sdk|protocol)/'],
  'bench/': ['packages/(testkit|server|sdk|protocol)/'],
  'channels/([^/]+)/': ['packages/(sdk|protocol)/'],
}

/** In the domain a noun's room imports only rooms named before it; `deps.ts` is everybody's. */
const nouns = [
  'audit',
  'accounts',
  'users',
  'security',
  'invitations',
  'integrations',
  'fields',
  'tags',
  'contacts',
  'deliveries',
  'channels',
  'channel-requests',
  'simulator',
  'sources',
  'pipelines',
  'chats',
  'messages',
  'media',
  'leads',
  'notes',
  'drafts',
  'templates',
  'board',
  'inbox',
  'tasks',
  'merges',
  'hand-overs',
  'feed',
  'notifications',
  'moderation',
  'pushes',
  'digests',
  'reactions',
  'replies',
  'ingest',
  'figures',
  'search',
  'persons',
]

const folders = readdirSync(new URL('packages/server/src/domain', import.meta.url), { withFileTypes: true })
const nounsThere = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)
const stray = [
  ...nounsThere.filter((noun) => !nouns.includes(noun)),
  ...nouns.filter((noun) => !nounsThere.includes(noun)),
]
if (stray.length > 0)
  throw new Error(`domain/${stray[0]}: name it where it stands among the nouns, or take it from them`)

const TEST = '([.]test[.]tsx?|packages/[^/]+/test/.*)$'
const OURS = '^(packages|channels|bench)/'

const tooFar = ([room, allowed]) => ({
  name: `${room} reaches too far`,
  severity: 'error',
  from: { path: `^${room}`, pathNot: TEST },
  to: {
    path: OURS,
    pathNot: ['node_modules/', ...[room.replace('([^/]+)', '$1'), ...allowed].map((path) => `^${path}`)],
  },
})

const ahead = (noun, index) => ({
  name: `domain/${noun} reaches ahead`,
  severity: 'error',
  from: { path: `^packages/server/src/domain/${noun}/`, pathNot: TEST },
  to: {
    path: '^packages/server/src/domain/.+/',
    pathNot: `^packages/server/src/domain/(${nouns.slice(0, index + 1).join('|')})/`,
  },
})

export default {
  forbidden: [
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no import that leads nowhere', severity: 'error', from: { path: OURS }, to: { couldNotResolve: true } },
    ...Object.entries(rooms).map(tooFar),
    ...nouns.map(ahead),
    {
      name: 'a scene never imports a scene',
      severity: 'error',
      from: { path: '^packages/web/src/scenes/([^/]+)/', pathNot: TEST },
      to: { path: '^packages/web/src/scenes/', pathNot: '^packages/web/src/scenes/$1/' },
    },
    {
      name: 'parts and data know no scene',
      severity: 'error',
      from: { path: '^packages/web/src/(parts|data)/', pathNot: TEST },
      to: { path: '^packages/web/src/scenes/' },
    },
    {
      name: 'signing needs nothing but node:crypto',
      severity: 'error',
      from: { path: '^packages/protocol/src/signing/', pathNot: TEST },
      to: { pathNot: ['^packages/protocol/src/signing/', '^(node:)?crypto$'] },
    },
    {
      name: 'the model needs nothing but zod',
      severity: 'error',
      from: { path: '^packages/protocol/src/model/', pathNot: TEST },
      to: { pathNot: ['^packages/protocol/src/model/', '^node_modules/zod/'] },
    },
    {
      name: 'the testkit is for tests and the bench',
      severity: 'error',
      from: { path: OURS, pathNot: [TEST, '^packages/testkit/', '^bench/'] },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'no test is imported',
      severity: 'error',
      from: { path: OURS, pathNot: TEST },
      to: { path: TEST },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.svg', '.d.ts'],
    },
  },
}
