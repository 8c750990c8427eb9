import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChannelWithSecret, ChatPage } from '@parley/protocol/model'
import { startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillSnippet, type SnippetIds } from '../../web/src/scenes/developer/lab/fill-snippet.ts'

/** What the screen shows is run here, as it is shown, against a real server. */
const FOLDER = fileURLToPath(new URL('../../web/src/scenes/developer/lab/snippets/', import.meta.url))

interface Language {
  file: string
  text: string
  /** Commands that end well where the language is there. */
  needs: string[][]
  /** One after the other, in the snippet's folder. */
  run: string[][]
}

const mono = {
  needs: [
    ['mcs', '--version'],
    ['mono', '--version'],
  ],
  run: [
    ['mcs', '-r:System.Net.Http.dll', 'Send.cs'],
    ['mono', 'Send.exe'],
  ],
}
const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))
const TYPES = fileURLToPath(new URL('../../../node_modules/@types', import.meta.url))
/** Node 20 cannot run TypeScript by itself; and so its types are checked, too. */
const TSC_OPTIONS = `--strict --target es2022 --module nodenext --skipLibCheck --types node --typeRoots ${TYPES}`.split(
  ' ',
)

const LANGUAGES: Record<string, Language> = {
  php: {
    file: 'send.php',
    text: 'Hello from PHP 👋',
    needs: [['php', '-r', 'exit(extension_loaded("curl") ? 0 : 1);']],
    run: [['php', 'send.php']],
  },
  python: {
    file: 'send.py',
    text: 'Hello from Python 👋',
    needs: [['python3', '--version']],
    run: [['python3', 'send.py']],
  },
  typescript: {
    file: 'send.mts',
    text: 'Hello from TypeScript 👋',
    needs: [],
    run: [
      [process.execPath, TSC, 'send.mts', ...TSC_OPTIONS],
      [process.execPath, 'send.mjs'],
    ],
  },
  go: { file: 'send.go', text: 'Hello from Go 👋', needs: [['go', 'version']], run: [['go', 'run', 'send.go']] },
  csharp: { file: 'Send.cs', text: 'Hello from C# 👋', ...mono },
  java: { file: 'Send.java', text: 'Hello from Java 👋', needs: [['javac', '-version']], run: [['java', 'Send.java']] },
  shell: {
    file: 'send.sh',
    text: 'Hello from a shell 👋',
    needs: [
      ['bash', '--version'],
      ['openssl', 'version'],
      ['curl', '--version'],
    ],
    run: [['bash', 'send.sh']],
  },
}

const isThere = ({ needs }: Language) =>
  needs.every(([command, ...args]) => spawnSync(command!, args, { stdio: 'ignore' }).status === 0)

const templateOf = (file: string) => join(FOLDER, `${file.toLowerCase().replace('.mts', '.ts')}.txt`)

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

/** In a folder of its own, which is gone afterwards. */
async function withFile(
  { file }: Language,
  ids: SnippetIds,
  use: (folder: string, filled: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-snippet-'))
  try {
    const filled = fillSnippet(await readFile(templateOf(file), 'utf8'), ids)
    await writeFile(join(folder, file), filled)
    await use(folder, filled)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** What it prints, and how it ends. */
function run(
  folder: string,
  [command, ...args]: string[],
  secret: string,
): Promise<{ code: number | null; said: string }> {
  // biome-ignore lint/style/noProcessEnv: where programs are, and where they keep what is theirs
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, PARLEY_CHANNEL_SECRET: secret, GOCACHE: join(folder, 'cache'), GO111MODULE: 'off' }
  const child = spawn(command!, args, { cwd: folder, env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, said })))
}

async function anOwnChannel() {
  const account = await world.anAccount()
  const admin = await account.asAdmin()
  const form = { name: 'Harbor Chat', webhookUrl: 'https://hooks.example.net/:scope_id' }
  const { channel, secret } = await admin.post<ChannelWithSecret>('/channels', form)
  await admin.post(`/channels/${channel.id}/connect`, {})
  return {
    admin,
    secret,
    ids: { baseUrl: new URL(world.url).origin, channelId: channel.id as string, scopeId: channel.scopeId },
  }
}

describe.each(Object.entries(LANGUAGES))('the snippet in %s', (_, language) => {
  const here = isThere(language)

  test.skipIf(!here)(
    'sends a message that arrives',
    async () => {
      const { admin, secret, ids } = await anOwnChannel()
      await withFile(language, ids, async (folder) => {
        for (const command of language.run) {
          const { code, said } = await run(folder, command, secret)
          expect(code, said).toBe(0)
        }
      })
      const { items } = await admin.get<ChatPage>('/chats')
      expect(items).toMatchObject([{ lastMessage: { text: language.text } }])
    },
    120_000,
  )

  test.skipIf(!here)(
    'ends badly, and says why, with another secret',
    async () => {
      const { admin, ids } = await anOwnChannel()
      await withFile(language, ids, async (folder) => {
        for (const [at, command] of language.run.entries()) {
          const { code, said } = await run(folder, command, 'f'.repeat(40))
          if (at < language.run.length - 1) continue
          expect(code).not.toBe(0)
          expect(said).toContain('ORIGIN_INVALID_SIGNATURE')
        }
      })
      expect((await admin.get<ChatPage>('/chats')).items).toEqual([])
    },
    120_000,
  )

  test('names nothing that was left open, and no secret', () => {
    const ids = { baseUrl: 'https://crm.example.test', channelId: 'the-channel', scopeId: 'the-scope' }
    return withFile(language, ids, async (_folder, filled) => {
      for (const id of Object.values(ids)) expect(filled).toContain(id)
      expect(filled).not.toMatch(/__[A-Z]/)
      expect(filled).toContain('PARLEY_CHANNEL_SECRET')
    })
  })
})
