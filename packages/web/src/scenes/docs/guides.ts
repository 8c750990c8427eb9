const ROOT = '../../../../../'
const FILES = import.meta.glob<string>(
  [
    '../../../../../docs/guides/*.md',
    '../../../../../docs/api/access.md',
    '../../../../../docs/api/app-api.md',
    '../../../../../docs/EMULATOR.md',
    '../../../../../CHANGELOG.md',
  ],
  { query: '?raw', import: 'default' },
)

export interface Guide {
  id: string
  /** From `docs/`. */
  file: string
  /** As its first line has it, so that lists need not read it. */
  title: string
}

/** In the order of reading. A new one is a file and a line here. */
export const GUIDES: readonly Guide[] = [
  { id: 'first-channel', file: 'guides/first-channel.md', title: 'Your first channel in ten minutes' },
  { id: 'signing', file: 'guides/signing.md', title: 'Signing, and what goes wrong with it' },
  { id: 'from-amocrm', file: 'guides/from-amocrm.md', title: 'Moving a channel from amoCRM' },
  { id: 'dialect-2017', file: 'guides/dialect-2017.md', title: 'The dialect of 2017' },
  { id: 'simulator', file: 'guides/simulator.md', title: 'Try your channel without a messenger' },
  { id: 'testing-in-ci', file: 'guides/testing-in-ci.md', title: 'Testing in your CI' },
  { id: 'emulator', file: 'EMULATOR.md', title: 'A Parley for your tests' },
  { id: 'app-api', file: 'api/app-api.md', title: 'The app API' },
  { id: 'access', file: 'api/access.md', title: "Access for programs: today's way and that of 2017" },
  { id: 'changelog', file: '../CHANGELOG.md', title: 'Changelog' },
]

export async function readGuide({ file }: Guide): Promise<string> {
  const read = FILES[ROOT + pathOf(file)]
  if (!read) throw new Error(`there is no ${pathOf(file)}`)
  return read()
}

/** Of a file, from the root of the repository. */
const pathOf = (file: string) => new URL(file, 'https://root/docs/').pathname.slice(1)

/**
 * Where a link of a guide leads: another page of the reference, or undefined when it leads out of it.
 * @param from the file it stands in, from `docs/`
 */
export function resolveGuideLink(from: string, href: string): { slug: string; hash: string } | undefined {
  const { pathname, hash } = new URL(href, new URL(from, 'https://root/docs/'))
  const file = pathname.slice(1)
  if (file === 'docs/api/errors.md') return { slug: 'errors', hash: hash.slice(1) }
  if (file === 'docs/api/openapi.json') return { slug: 'app', hash: '' }
  if (file === 'docs/api/chats-openapi.json') return { slug: 'chats', hash: '' }
  const guide = GUIDES.find((one) => pathOf(one.file) === file)
  return guide && { slug: `guides/${guide.id}`, hash: hash.slice(1) }
}
