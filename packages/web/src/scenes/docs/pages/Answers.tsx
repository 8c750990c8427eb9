import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { Answer, ApiDocument, Operation } from '../../../data/docs/openapi.ts'
import { t } from '../../../i18n/t.ts'
import { DocsLink } from '../DocsLink.tsx'
import { InlineMarkdown } from '../markdown/Markdown.tsx'
import { SchemaView } from '../schema/SchemaView.tsx'
import { PagePart } from './PageParts.tsx'

/** Every status; refusals lead to what is said of their codes. */
export function Answers({ operation, document }: { operation: Operation; document: ApiDocument }) {
  return (
    <PagePart title={t('docs.answers')}>
      <ul className="rounded-md border border-line">
        {Object.entries(operation.responses).map(([status, answer]) => (
          <AnswerRow key={status} status={status} answer={answer} document={document} />
        ))}
      </ul>
    </PagePart>
  )
}

interface Props {
  status: string
  answer: Answer
  document: ApiDocument
}

function AnswerRow({ status, answer, document }: Props) {
  const name = answer.$ref?.split('/').at(-1)
  const said = name === undefined ? answer : document.components.responses[name]
  const isGood = status.startsWith('2')
  const [isOpen, setOpen] = useState(isGood)
  const schema = Object.values(said?.content ?? {})[0]?.schema
  const codes = isGood ? [] : codesIn(schema)
  return (
    <li className="border-line px-3 py-2 not-first:border-t">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className={`font-mono text-xs font-semibold ${isGood ? 'text-ok' : 'text-bad'}`}>{status}</span>
        {codes.length > 0
          ? codes.map((code) => (
              <DocsLink
                key={code}
                slug="errors"
                hash={code}
                className="font-mono text-xs text-accent-ink underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
              >
                {code}
              </DocsLink>
            ))
          : said?.description && (
              <span className="min-w-0">
                <InlineMarkdown text={said.description} />
              </span>
            )}
        {schema && (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="ms-auto flex min-h-6 items-center gap-1 rounded-sm px-1 text-xs font-medium text-accent-ink hover:bg-hover pointer-coarse:min-h-10"
          >
            <ChevronRight size={14} aria-hidden="true" className={isOpen ? 'rotate-90' : 'rtl:-scale-x-100'} />
            {t('docs.shape', { status })}
          </button>
        )}
      </div>
      {isOpen && schema && (
        <div className="mt-2">
          <SchemaView schema={schema} document={document} />
        </div>
      )}
    </li>
  )
}

/** The codes a refusal may have, wherever its schema lists them. */
function codesIn(schema: unknown): string[] {
  if (schema === undefined) return []
  const lists = [...JSON.stringify(schema).matchAll(/"(?:code|error_type)":\{"enum":(\[[^\]]*\])/g)]
  return lists.flatMap(([, list]) => JSON.parse(list!) as string[])
}
