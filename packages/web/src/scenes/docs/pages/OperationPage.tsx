import { type ReactNode, useState } from 'react'
import type { ApiDocument, Operation, Parameter, Schema } from '../../../data/docs/openapi.ts'
import { t } from '../../../i18n/t.ts'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { MethodMark } from '../MethodMark.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import type { OperationPage as Shown } from '../reference.ts'
import { nameOf } from '../schema/describe-schema.ts'
import { FieldRow, SchemaView } from '../schema/SchemaView.tsx'
import { TryPart } from '../try/TryPart.tsx'
import { Answers } from './Answers.tsx'
import { Examples } from './Examples.tsx'
import { PageHead, PagePart } from './PageParts.tsx'
import { parametersOf } from './parameters-of.ts'

/** One operation: what it takes and answers, with an example beside it. */
export function OperationPage({ page, document }: { page: Shown; document: ApiDocument }) {
  const { operation, method, path, title } = page
  // A title is the first sentence; more of them go on below it.
  const rest = operation.summary.slice(title.length).replace(/^[.]\s*/, '')
  const text = [rest, operation.description].filter(Boolean).join(' ')
  return (
    <>
      <PageHead title={title}>
        <p className="flex flex-wrap items-baseline gap-x-2 rounded-md bg-sunken px-3 py-2 font-mono text-sm [overflow-wrap:anywhere]">
          <MethodMark method={method} className="!text-xs" />
          <span>{path}</span>
        </p>
        <Access operation={operation} book={page.book} />
        {text && <Markdown text={text} />}
      </PageHead>
      <div className="grid gap-x-8 @4xl:grid-cols-[minmax(0,1fr)_minmax(0,25rem)]">
        <div className="min-w-0">
          <Parameters operation={operation} document={document} />
          <Body operation={operation} document={document} />
          <Answers operation={operation} document={document} />
          {operation.operationId === 'getRealtime' && <Frames document={document} />}
        </div>
        <div className="min-w-0">
          <Examples operation={operation} document={document} />
          <TryPart page={page} document={document} />
        </div>
      </div>
    </>
  )
}

function Access({ operation, book }: { operation: Operation; book: Shown['book'] }): ReactNode {
  if (book === 'chats') return null
  if (operation['x-rights'] === 'admin') return <p className="text-ink-3">{t('docs.adminsOnly')}</p>
  return operation.security?.length === 0 ? <p className="text-ink-3">{t('docs.noLogIn')}</p> : null
}

const PLACES = ['path', 'query', 'header'] as const

export function Parameters({ operation, document }: { operation: Operation; document: ApiDocument }) {
  const parameters = parametersOf(operation, document)
  return PLACES.map((place) => {
    const here = parameters.filter((one) => one.in === place)
    if (here.length === 0) return null
    return (
      <PagePart key={place} title={t(`docs.parameters.${place}`)}>
        <ul className="@container rounded-md border border-line">
          {here.map((parameter) => (
            <FieldRow key={parameter.name} field={fieldOf(parameter)} document={document} />
          ))}
        </ul>
      </PagePart>
    )
  })
}

const fieldOf = ({ name, schema, description, required = false }: Parameter) => ({
  name,
  isRequired: required,
  schema: description === undefined ? schema : { ...schema, description },
})

export function Body({ operation: { requestBody }, document }: { operation: Operation; document: ApiDocument }) {
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  if (!content?.schema) return null
  const dialects = content.schema.anyOf
  return (
    <PagePart title={t('docs.body')}>
      <p className="text-ink-3">
        <code className="font-mono text-xs">{type}</code>
        {requestBody?.required === false && ` · ${t('docs.bodyOptional')}`}
      </p>
      {dialects?.length === 2 && dialects.some((one) => nameOf(one)?.endsWith('Lenient')) ? (
        <Dialects schemas={dialects} document={document} />
      ) : (
        <SchemaView schema={content.schema} document={document} />
      )}
    </PagePart>
  )
}

/** The chats API takes each body as it is documented, and as it was written in 2017. */
function Dialects({ schemas, document }: { schemas: readonly Schema[]; document: ApiDocument }) {
  const [mood, setMood] = useState<'strict' | 'lenient'>('strict')
  const shown = schemas.find((one) => nameOf(one)?.endsWith('Lenient') === (mood === 'lenient'))
  return (
    <>
      <SegmentedControl
        label={t('docs.dialect')}
        value={mood}
        onChange={setMood}
        options={[
          { value: 'strict', label: t('docs.strict') },
          { value: 'lenient', label: t('docs.lenient') },
        ]}
      />
      {shown && <SchemaView key={mood} schema={shown} document={document} />}
    </>
  )
}

function Frames({ document }: { document: ApiDocument }) {
  const frames = document['x-realtime']?.frames
  return frames ? (
    <PagePart title={t('docs.frames')} id="frames">
      <SchemaView schema={frames} document={document} />
    </PagePart>
  ) : null
}
