import type { Book } from '../../../data/docs/documents.ts'
import { t } from '../../../i18n/t.ts'
import { DocsLink } from '../DocsLink.tsx'
import { MethodMark } from '../MethodMark.tsx'
import { InlineMarkdown, Markdown } from '../markdown/Markdown.tsx'
import type { Reference } from '../reference.ts'
import { PageHead, PagePart } from './PageParts.tsx'

const FILES: Record<Book, string> = { chats: '/api/chats/openapi.json', app: '/api/app/v1/openapi.json' }

/** What goes for all of an API, and its operations by area. */
export function ApiPage({ title, book, reference }: { title: string; book: Book; reference: Reference }) {
  const { info } = reference.documents[book]
  return (
    <>
      <PageHead title={title}>
        <p>
          <a href={FILES[book]} className="text-accent-ink underline underline-offset-2">
            {t('docs.openApi')}
          </a>
        </p>
        <Markdown text={info.description} file="api/info.md" />
      </PageHead>
      {reference.areas[book].map((area) => (
        <PagePart key={area.name} title={area.name} id={area.name.toLowerCase().replaceAll(' ', '-')}>
          <p className="text-ink-2">
            <InlineMarkdown text={area.description} />
          </p>
          <ul className="rounded-md border border-line">
            {area.pages.map((page) => (
              <li key={page.slug} className="border-line not-first:border-t">
                <DocsLink
                  slug={page.slug}
                  className="grid items-baseline gap-x-3 px-3 py-2 -outline-offset-2 hover:bg-hover @2xl:grid-cols-[2.5rem_minmax(0,1fr)_minmax(0,1fr)]"
                >
                  <MethodMark method={page.method} />
                  <span>{page.title}</span>
                  <span className="font-mono text-xs text-ink-3 [overflow-wrap:anywhere]">{page.path}</span>
                </DocsLink>
              </li>
            ))}
          </ul>
        </PagePart>
      ))}
    </>
  )
}
