import { useState } from 'react'
import type { ApiDocument, Operation } from '../../../data/docs/openapi.ts'
import { t } from '../../../i18n/t.ts'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { CodeBlock } from '../CodeBlock.tsx'
import { examplesOf, makeExample } from '../schema/make-example.ts'
import { PagePart } from './PageParts.tsx'

/** What a request looks like, and what is answered when all is well. */
export function Examples({ operation, document }: { operation: Operation; document: ApiDocument }) {
  const content = operation.requestBody?.content['application/json']
  const examples = content ? examplesOf(content, document) : []
  const [name, setName] = useState(examples[0]?.name ?? '')
  const shown = examples.find((one) => one.name === name) ?? examples[0]
  const answer = goodAnswer(operation)
  if (!shown && !answer) return null
  return (
    <PagePart title={t('docs.example')}>
      {examples.length > 1 && (
        <SegmentedControl
          label={t('docs.example')}
          value={name}
          onChange={setName}
          options={examples.map((one) => ({ value: one.name, label: one.name }))}
        />
      )}
      {shown && <CodeBlock label={t('docs.body')} text={JSON.stringify(shown.value, undefined, 2)} />}
      {answer && (
        <CodeBlock
          label={t('docs.answer', { status: answer.status })}
          text={JSON.stringify(answer.example ?? makeExample(answer.schema, document), undefined, 2)}
        />
      )}
    </PagePart>
  )
}

function goodAnswer({ responses }: Operation) {
  const [status, answer] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? []
  const content = answer?.content?.['application/json']
  if (status === undefined || !content?.schema) return undefined
  return { status, schema: content.schema, example: content.example }
}
