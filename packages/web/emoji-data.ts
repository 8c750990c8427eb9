import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

/** The languages of the screens. */
const LANGUAGES = ['en', 'ru', 'es', 'pt']
const FOLDER = 'emoji'

const require = createRequire(import.meta.url)
const read = (path: string): string => readFileSync(require.resolve(`emojibase-data/${path}`), 'utf8')

interface Emoji {
  emoji: string
  label: string
  version: number
  group?: number
  subgroup?: number
  tags?: string[]
  skins?: { emoji: string; tone?: number | number[] }[]
}

/** The names and pictures of the emoji picker, served by ourselves: its library would ask a stranger for them. */
export function emojiData(): Plugin {
  return {
    name: 'parley-emoji-data',
    generateBundle() {
      for (const [fileName, source] of listFiles()) this.emitFile({ type: 'asset', fileName, source })
    },
    configureServer(server) {
      const files = new Map(listFiles())
      server.middlewares.use((request, response, next) => {
        const source = files.get(request.url?.slice(1) ?? '')
        if (source === undefined) return next()
        response.setHeader('content-type', 'application/json').end(source)
      })
    },
  }
}

function listFiles(): [name: string, source: string][] {
  const ofLanguages = LANGUAGES.flatMap((language): [string, string][] => [
    [`${FOLDER}/${language}/data.json`, JSON.stringify(readEmoji(language))],
    [`${FOLDER}/${language}/messages.json`, JSON.stringify(JSON.parse(read(`${language}/messages.json`)))],
  ])
  return [...ofLanguages, [`${FOLDER}/LICENSE`, readFileSync(licencePath(), 'utf8')]]
}

const licencePath = () => require.resolve('emojibase-data/package.json').replace(/package\.json$/, 'LICENSE')

/** What the picker reads of it, which is less than half. */
function readEmoji(language: string): Emoji[] {
  const all = JSON.parse(read(`${language}/data.json`)) as Emoji[]
  return all
    .filter((one) => one.group !== undefined)
    .map(({ emoji, label, version, group, subgroup, tags, skins }) => ({
      emoji,
      label,
      version,
      ...(group !== undefined && { group }),
      ...(subgroup !== undefined && { subgroup }),
      ...(tags && { tags }),
      ...(skins && {
        skins: skins.map(({ emoji: skin, tone }) => ({ emoji: skin, ...(tone !== undefined && { tone }) })),
      }),
    }))
}
