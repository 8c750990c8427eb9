import type { SignatureCheckRequest } from '@parley/protocol/model'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useConnection } from '../../../data/connection.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { Select } from '../../../parts/Select.tsx'
import { TextArea } from '../../../parts/TextArea.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { EXAMPLES } from './examples.ts'
import type { SnippetIds } from './fill-snippet.ts'

const METHODS = ['POST', 'GET', 'DELETE', 'PUT', 'PATCH'].map((value) => ({ value, label: value }))
const NAMES = Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[]
const MOST_CHARACTERS = 65_536

interface Props {
  ids: SnippetIds
  isChecking: boolean
  /** Under the fields, as a sentence. */
  problem: string | undefined
  onCheck: (wish: SignatureCheckRequest) => void
}

/** A request that was refused somewhere: pasted whole, or in its parts. */
export function RequestForm({ ids, isChecking, problem, onCheck }: Props) {
  const [how, setHow] = useState<'paste' | 'parts'>('paste')
  const [pasted, setPasted] = useState('')
  const [parts, setParts] = useState({ method: 'POST', url: `/v2/origin/custom/${ids.scopeId}`, headers: '', body: '' })
  const hasNetwork = useConnection((state) => state.hasNetwork)
  const isEmpty = how === 'paste' ? pasted.trim() === '' : parts.url.trim() === ''
  const check = () => {
    if (!isEmpty && hasNetwork && !isChecking) onCheck(how === 'paste' ? { pasted } : { parts })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    check()
  }
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) check()
  }
  const change = (part: Partial<typeof parts>) => setParts({ ...parts, ...part })
  return (
    <form onSubmit={submit} onKeyDown={submitByKey} aria-label={t('lab.request')} className="flex flex-col gap-3">
      <SegmentedControl
        label={t('lab.how')}
        value={how}
        onChange={setHow}
        options={[
          { value: 'paste', label: t('lab.asPaste') },
          { value: 'parts', label: t('lab.asParts') },
        ]}
      />
      {how === 'paste' ? (
        <>
          <TextArea
            label={t('lab.pasted')}
            {...CODE}
            value={pasted}
            onChange={setPasted}
            {...(problem !== undefined && { error: problem })}
          />
          <Examples onPick={(name) => setPasted(EXAMPLES[name](ids, new Date()))} />
        </>
      ) : (
        <>
          <div className="flex gap-2">
            <Select
              label={t('lab.method')}
              className="w-28 shrink-0"
              options={METHODS}
              value={parts.method}
              onChange={(method) => change({ method })}
            />
            <TextField
              label={t('lab.url')}
              className="min-w-0 flex-1"
              dir="ltr"
              spellCheck={false}
              maxLength={4096}
              value={parts.url}
              onChange={(url) => change({ url })}
            />
          </div>
          <TextArea
            label={t('lab.headers')}
            {...CODE}
            value={parts.headers}
            onChange={(headers) => change({ headers })}
            {...(problem !== undefined && { error: problem })}
          />
          <TextArea label={t('lab.body')} {...CODE} value={parts.body} onChange={(body) => change({ body })} />
        </>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={isEmpty || isChecking || !hasNetwork}>
          {t(isChecking ? 'lab.checking' : 'lab.check')}
        </Button>
        {!hasNetwork && <p className="text-xs text-ink-2">{t('lab.offline')}</p>}
      </div>
    </form>
  )
}

/** Code is written from left to right, and nobody spells it. */
const CODE = {
  dir: 'ltr',
  spellCheck: false,
  autoCapitalize: 'off',
  autoCorrect: 'off',
  maxLength: MOST_CHARACTERS,
  className: '[&_textarea]:min-h-24 [&_textarea]:font-mono [&_textarea]:text-xs',
} as const

function Examples({ onPick }: { onPick: (name: keyof typeof EXAMPLES) => void }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
      {t('lab.examples')}:
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          onClick={() => onPick(name)}
          className="font-medium text-accent-ink underline-offset-2 hover:underline pointer-coarse:py-2"
        >
          {t(`lab.example.${name}`)}
        </button>
      ))}
    </p>
  )
}
