import type { ContactRow, CustomField, FieldValue } from '@parley/protocol/model'

export type Side = 'mine' | 'theirs'

/** What is compared: a name of the request, or a custom field. */
export type MergeTopic = 'name' | 'company' | 'responsible' | CustomField

export interface MergeLine {
  key: string
  topic: MergeTopic
  mine: FieldValue | null
  theirs: FieldValue | null
  /** Both say something, and not the same. */
  isChoice: boolean
}

const isEmpty = (value: FieldValue | null): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The values of which one stays, one line each; what both leave empty is left out. */
export function mergeLines(mine: ContactRow, theirs: ContactRow, fields: readonly CustomField[]): MergeLine[] {
  const line = (key: string, topic: MergeTopic, one: FieldValue | null, other: FieldValue | null): MergeLine => ({
    key,
    topic,
    mine: one,
    theirs: other,
    isChoice: !isEmpty(one) && !isEmpty(other) && JSON.stringify(one) !== JSON.stringify(other),
  })
  return [
    line('name', 'name', mine.name, theirs.name),
    line('company', 'company', mine.company, theirs.company),
    line('responsible', 'responsible', mine.responsible?.name ?? null, theirs.responsible?.name ?? null),
    ...fields.map((field) =>
      line(String(field.id), field, mine.fields[field.id] ?? null, theirs.fields[field.id] ?? null),
    ),
  ].filter((one) => !isEmpty(one.mine) || !isEmpty(one.theirs))
}

/** What is asked of the server: only what was chosen against the one who stays. */
export function toChoose(lines: readonly MergeLine[], chosen: Readonly<Record<string, Side>>) {
  const theirs = lines.filter(({ key, isChoice }) => isChoice && chosen[key] === 'theirs')
  const fields = theirs.filter(({ topic }) => typeof topic === 'object').map(({ key }) => [key, 'theirs'] as const)
  const rest = theirs.filter(({ topic }) => typeof topic === 'string').map(({ key }) => [key, 'theirs'] as const)
  return { ...Object.fromEntries(rest), ...(fields.length > 0 && { fields: Object.fromEntries(fields) }) }
}
