import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Nodes } from 'mdast'
import { describe, expect, test } from 'vitest'
import type { ApiDocument } from '../../data/docs/openapi.ts'
import { GUIDES, readGuide, resolveGuideLink } from './guides.ts'
import { parseMarkdown, plainText } from './markdown/parse-markdown.ts'
import { makeReference } from './reference.ts'
import { makeIndex, searchPages } from './search-pages.ts'

const read = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../../docs/api', name), 'utf8')) as ApiDocument
const reference = makeReference({ chats: read('chats-openapi.json'), app: read('openapi.json') })

const linksIn = (node: Nodes): string[] =>
  node.type === 'link' ? [node.url] : 'children' in node ? node.children.flatMap(linksIn) : []

describe('every operation has a page, under its area', () => {
  test('of both APIs, with its whole path', () => {
    for (const [book, document] of Object.entries(reference.documents)) {
      const ids = Object.values(document.paths).flatMap(({ servers: _, ...methods }) =>
        Object.values(methods).map(({ operationId }) => `${book}/${operationId}`),
      )
      expect(ids.filter((slug) => !reference.pages.has(slug))).toEqual([])
    }
    expect(reference.pages.get('app/getChats')).toMatchObject({ method: 'get', path: '/api/app/v1/chats' })
    expect(reference.pages.get('app/getRealtime')).toMatchObject({ path: '/realtime' })
    expect(reference.pages.get('chats/sendEvent')).toMatchObject({ path: '/v2/origin/custom/{scope_id}' })
  })

  test('a title is plain words', () => {
    expect([...reference.pages.values()].filter(({ title }) => title.includes('`'))).toEqual([])
  })

  test('hooks are named by people', () => {
    const hooks = [...reference.pages.values()].filter((page) => page.kind === 'hook')
    expect(hooks).toHaveLength(Object.keys(reference.documents.chats.webhooks!).length)
    for (const { slug, title } of hooks) expect(title).not.toBe(slug.split('/')[1])
  })
})

describe.each(GUIDES)('$file', (guide) => {
  test('is called what its first line says', async () => {
    const [first] = parseMarkdown(await readGuide(guide)).children
    expect(first?.type === 'heading' && first.depth === 1 && plainText(first)).toBe(guide.title)
  })

  test('links to what there is', async () => {
    const links = linksIn(parseMarkdown(await readGuide(guide)))
    for (const href of links.filter((one) => !/^(https?:|#|\/)/.test(one)))
      expect([href, reference.pages.has(resolveGuideLink(guide.file, href)?.slug ?? '')]).toEqual([href, true])
  })
})

describe('what is looked for', async () => {
  const index = await makeIndex(reference)
  const slugs = (query: string) => searchPages(index, query).map(({ page }) => page.slug)

  test('is found by title, path, name of a field and code of an error', () => {
    expect(slugs('/typing')[0]).toBe('chats/showTyping')
    expect(slugs('msec_timestamp')).toContain('chats/sendEvent')
    expect(slugs('msec_timestamp')).not.toContain('app/getTasks')
    expect(slugs('ORIGIN_BODY_TOO_LARGE')).toContain('errors')
    expect(slugs('ephemeral json')).toContain('guides/emulator')
    expect(slugs('lastMessage')).toContain('app/getChats')
  })

  test('needs every word, and a title goes before a text', () => {
    expect(slugs('typing nonsense')).toEqual([])
    expect(slugs('  ')).toEqual([])
    const [first, ...rest] = searchPages(index, 'errors')
    expect([first?.page.slug, first?.snippet]).toEqual(['errors', undefined])
    expect(rest.find(({ snippet }) => snippet !== undefined)?.snippet?.toLowerCase()).toContain('errors')
  })
})
