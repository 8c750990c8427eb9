import type { FormEvent, ReactNode } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Field } from '../../../parts/Field.tsx'
import { FIELD_RING } from '../../../parts/field-classes.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { missingIn } from './fill-request.ts'
import type { useTry } from './use-try.ts'

interface Props {
  path: string
  given: ReturnType<typeof useTry>
  isBusy: boolean
  error: unknown
  onSend: () => void
  /** Above the fields: in whose place. */
  children?: ReactNode
}

/** Values, an example, the body: to be changed and sent. */
export function RequestForm({ path, given, isBusy, error, onSend, children }: Props) {
  const missing = missingIn(path, given.values)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing.length === 0 && !isBusy) onSend()
  }
  return (
    <form aria-label={t('docs.try.title')} onSubmit={submit} className="flex flex-col gap-3">
      {children}
      {[...given.inPath, ...given.inQuery].map((name) => (
        <TextField
          key={name}
          label={name}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          required={given.inPath.includes(name)}
          value={given.values[name] ?? ''}
          onChange={(value) => given.setValue(name, value)}
        />
      ))}
      {given.examples.length > 1 && (
        <Select
          label={t('docs.example')}
          value={given.exampleName}
          onChange={given.choose}
          options={given.examples.map(({ name }) => ({ value: name, label: name }))}
        />
      )}
      {given.body !== undefined && <BodyField value={given.body} onChange={given.setBody} />}
      {error !== undefined && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">{`${reasonOf(error)}.`}</p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={isBusy || missing.length > 0}>
          {t(isBusy ? 'docs.try.sending' : 'docs.try.send')}
        </Button>
        {missing.length > 0 && (
          <p className="text-xs text-ink-3">{t('docs.try.missing', { names: missing.join(', ') })}</p>
        )}
      </div>
    </form>
  )
}

function BodyField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field label={t('docs.body')} isLabelHidden={false}>
      {(control) => (
        <textarea
          {...control}
          rows={12}
          dir="ltr"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={`${FIELD_RING} block max-h-[50dvh] w-full resize-y px-2.5 py-2 font-mono !text-xs/[1.55]`}
        />
      )}
    </Field>
  )
}
