import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { ApiDocument, Schema } from '../../../data/docs/openapi.ts'
import { t } from '../../../i18n/t.ts'
import { InlineMarkdown } from '../markdown/Markdown.tsx'
import { type Field, limitsOf, type Part, partsOf, resolve, typeOf } from './describe-schema.ts'

interface Props {
  schema: Schema
  document: ApiDocument
}

/** Of an alternative, which is little more than a frame around what it holds. */
const FEW = 2

interface ViewProps extends Props {
  /** What the few fields hold is shown at once. */
  isOpened?: boolean
}

/** The fields of a shape; what they hold opens below them. */
export function SchemaView({ schema, document, isOpened = false }: ViewProps) {
  const parts = partsOf(schema, document)
  if (parts.length === 0)
    return (
      <div className="rounded-md border border-line px-3 py-2">
        <TypeLine schema={schema} document={document} />
        <Said schema={schema} document={document} />
      </div>
    )
  return (
    <ul className="@container rounded-md border border-line">
      {parts.map((part) => (
        <PartRow key={keyOf(part)} part={part} document={document} isOpened={isOpened && parts.length <= FEW} />
      ))}
    </ul>
  )
}

const keyOf = (part: Part) => (part.kind === 'field' ? part.field.name : part.label)

interface RowProps {
  document: ApiDocument
  isOpened?: boolean
}

function PartRow({ part, document, isOpened = false }: RowProps & { part: Part }) {
  if (part.kind === 'field') return <FieldRow field={part.field} document={document} isOpened={isOpened} />
  return (
    <li className="border-line px-3 py-2 not-first:border-t">
      <Within name={part.label} schema={part.schema} document={document} isChoice />
    </li>
  )
}

export function FieldRow({
  field: { name, schema, isRequired },
  document,
  isOpened = false,
}: RowProps & { field: Field }) {
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-line px-3 py-2 not-first:border-t @xl:grid-cols-[minmax(9rem,13rem)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <code className="font-mono text-xs font-semibold [overflow-wrap:anywhere]">{name}</code>
        {isRequired && <span className="text-2xs font-medium text-warn">{t('docs.required')}</span>}
      </div>
      <div className="min-w-0">
        <TypeLine schema={schema} document={document} />
        <Said schema={schema} document={document} />
      </div>
      {partsOf(schema, document).length > 0 && (
        <div className="min-w-0 @xl:col-span-2">
          <Within name={name} schema={schema} document={document} isOpened={isOpened} />
        </div>
      )}
    </li>
  )
}

function TypeLine({ schema, document }: Props) {
  return <p className="font-mono text-xs text-ink-3 [overflow-wrap:anywhere]">{typeOf(schema, document)}</p>
}

/** What it means, and what is taken. */
function Said({ schema, document }: Props) {
  const { description } = resolve(schema, document)
  const limits = limitsOf(schema, document)
  return (
    <>
      {description && (
        <div className="text-pretty">
          <InlineMarkdown text={description} />
        </div>
      )}
      {limits.length > 0 && (
        <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">
          <InlineMarkdown text={`${limits.join('; ')}.`} />
        </p>
      )}
    </>
  )
}

interface WithinProps extends Props {
  name: string
  isOpened?: boolean
  isChoice?: boolean
}

/** Shapes may hold themselves, so nothing is drawn before it is opened. */
function Within({ name, schema, document, isOpened = false, isChoice = false }: WithinProps) {
  const [isOpen, setOpen] = useState(isOpened || isChoice)
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="-ms-1 mt-1 flex min-h-6 items-center gap-1 rounded-sm px-1 text-xs font-medium text-accent-ink hover:bg-hover pointer-coarse:min-h-10"
      >
        <ChevronRight size={14} aria-hidden="true" className={isOpen ? 'rotate-90' : 'rtl:-scale-x-100'} />
        {isChoice ? <bdi className="font-mono">{name}</bdi> : t('docs.fieldsOf', { name })}
      </button>
      {isOpen && (
        <div className="mt-1.5">
          <SchemaView schema={schema} document={document} isOpened={isChoice} />
        </div>
      )}
    </>
  )
}
