import { useState } from 'react'
import { create } from 'zustand'
import type { ApiDocument } from '../../../data/docs/openapi.ts'
import { parametersOf } from '../pages/parameters-of.ts'
import type { OperationPage } from '../reference.ts'
import { type Example, examplesOf } from '../schema/make-example.ts'
import { type Ground, ready } from './fill-request.ts'

/** What was sent from the reference last, as long as the tab is open. */
export const useLastSent = create<{ msgid?: string; chatId?: string }>()(() => ({}))

interface Options {
  page: OperationPage
  document: ApiDocument
  amojoId: string
  /** Values that are known: names of the path. */
  known: Readonly<Record<string, string>>
}

/** What stands in the form: values by name, and the body. */
export function useTry({ page, document, amojoId, known }: Options) {
  const { operation } = page
  const names = (place: 'path' | 'query') =>
    parametersOf(operation, document)
      .filter((one) => one.in === place)
      .map(({ name }) => name)
  const content = operation.requestBody?.content['application/json']
  const examples = content ? examplesOf(content, document) : []
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const ground = (): Ground => ({ amojoId, nowMs: Date.now(), lastMsgid: useLastSent.getState().msgid })
  const [chosen, setChosen] = useState(() => pick(examples[0], ground()))
  return {
    examples,
    exampleName: chosen.name,
    choose: (name: string) =>
      setChosen(
        pick(
          examples.find((one) => one.name === name),
          ground(),
        ),
      ),
    body: content ? chosen.body : undefined,
    setBody: (body: string) => setChosen({ name: chosen.name, body }),
    inPath: names('path'),
    inQuery: names('query'),
    values: { ...known, ...values } as Readonly<Record<string, string>>,
    setValue: (name: string, value: string) => setValues({ ...values, [name]: value }),
  }
}

const pick = (example: Example | undefined, ground: Ground) => ({
  name: example?.name ?? '',
  body: example ? ready(example, ground) : '',
})
