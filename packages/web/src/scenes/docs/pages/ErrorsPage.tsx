import type { ReactNode } from 'react'
import type { ApiDocument, Explained } from '../../../data/docs/openapi.ts'
import { t } from '../../../i18n/t.ts'
import { InlineMarkdown } from '../markdown/Markdown.tsx'
import { PageHead, PagePart } from './PageParts.tsx'

/** Every code: what it means, where it comes from, what to do. */
export function ErrorsPage({ title, document }: { title: string; document: ApiDocument }) {
  const errors = document['x-errors']
  if (!errors) return null
  const codes = Object.entries(errors.codes)
  const isOfChats = ([code]: [string, Explained]) => code.startsWith('ORIGIN_') || code.startsWith('Err')
  return (
    <>
      <PageHead title={title}>
        <p className="text-md">
          Programs go by the code; the sentence beside it names the very thing that was wrong, and may change.
        </p>
      </PageHead>
      <PagePart title="Chats API" id="chats-api">
        <CodeList codes={codes.filter(isOfChats)} />
      </PagePart>
      <PagePart title="Signatures" id="signatures">
        <p className="text-md">
          What is wrong with a signature, as the <code className="font-mono text-sm">error_description</code> of{' '}
          <a href="#ORIGIN_INVALID_SIGNATURE" className="text-accent-ink underline underline-offset-2">
            ORIGIN_INVALID_SIGNATURE
          </a>{' '}
          begins.
        </p>
        <CodeList codes={Object.entries(errors.signature)} />
      </PagePart>
      <PagePart title="Delivery statuses" id="delivery">
        <p className="text-md">
          What a channel reports with <code className="font-mono text-sm">status_code</code> −1.
        </p>
        <ul className="rounded-md border border-line">
          {Object.entries(errors.delivery).map(([code, meaning]) => (
            <Code key={code} code={code}>
              <InlineMarkdown text={meaning} />
            </Code>
          ))}
        </ul>
      </PagePart>
      <PagePart title="App API" id="app-api">
        <CodeList codes={codes.filter((entry) => !isOfChats(entry))} />
      </PagePart>
    </>
  )
}

type Said = Pick<Explained, 'cause' | 'cure'> & Partial<Explained>

function CodeList({ codes }: { codes: readonly [string, Said][] }) {
  return (
    <ul className="rounded-md border border-line">
      {codes.map(([code, { meaning, cause, cure }]) => (
        <Code key={code} code={code}>
          {meaning && <InlineMarkdown text={meaning} />}
          <dl className="mt-1 grid gap-x-3 gap-y-1 text-sm @md:grid-cols-[auto_minmax(0,1fr)]">
            <dt className="text-ink-3">{t('docs.cause')}</dt>
            <dd>
              <InlineMarkdown text={cause} />
            </dd>
            <dt className="text-ink-3">{t('docs.cure')}</dt>
            <dd>
              <InlineMarkdown text={cure} />
            </dd>
          </dl>
        </Code>
      ))}
    </ul>
  )
}

/** Under its own anchor. */
function Code({ code, children }: { code: string; children: ReactNode }) {
  return (
    <li id={code} className="scroll-mt-4 border-line px-4 py-3 not-first:border-t target:bg-accent-soft">
      <h3>
        <a href={`#${code}`} className="font-mono text-sm font-semibold [overflow-wrap:anywhere] hover:underline">
          {code}
        </a>
      </h3>
      <div className="text-md">{children}</div>
    </li>
  )
}
