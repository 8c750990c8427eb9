import { ApiRefusal } from '../data/api.ts'
import { reasonOf } from './Notice.tsx'

export interface FormProblem<Name extends string> {
  /** Under the fields they are about, as sentences. */
  fields: Partial<Record<Name, string>>
  /** What no field of the form can show. */
  rest: string | undefined
}

/**
 * Puts what the server refused under the field it names (`details.field`, or the first part of `prices.0.amount`).
 * `names` are the fields the form shows; anything else is for the form's own line.
 */
export function readFormProblem<Name extends string>(error: unknown, names: readonly Name[]): FormProblem<Name> {
  if (error === null || error === undefined) return { fields: {}, rest: undefined }
  const sent = error instanceof ApiRefusal ? error.details.field : undefined
  const path = typeof sent === 'string' ? sent : ''
  const name = names.find((one) => path === one || path.startsWith(`${one}.`))
  // The server's sentence begins with the field's own name on the wire, which nobody sees here.
  const reason = reasonOf(error)
  const plain = path !== '' && reason.startsWith(`${path}: `) ? reason.slice(path.length + 2) : reason
  const sentence = `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`
  return name
    ? { fields: { [name]: sentence } as FormProblem<Name>['fields'], rest: undefined }
    : { fields: {}, rest: sentence }
}
