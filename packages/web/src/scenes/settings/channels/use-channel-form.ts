import { useCallback, useMemo, useState } from 'react'
import { type ChannelForm, type FormChange, toRequest } from './channel-form.ts'
import { type FieldProblems, useChannelCheck } from './use-channel-check.ts'

/** What of the request a part of the form is written into, where it is called otherwise there. */
const FIELD_OF: Partial<Record<keyof ChannelForm, string>> = {
  accounts: 'accountIds',
  hasWindow: 'timeWindowSeconds',
  windowHours: 'timeWindowSeconds',
  emoji: 'reactions',
  maxFileMb: 'maxFileBytes',
  isRetried: 'hookRetry',
}

interface Written {
  form: ChannelForm
  change: FormChange
  problems: FieldProblems
  hasProblems: boolean
}

/** A registration that is being written: what somebody has touched is checked. */
export function useChannelForm(begin: ChannelForm): Written {
  const [form, setForm] = useState(begin)
  const [touched, setTouched] = useState<readonly string[]>([])
  const change = useCallback<FormChange>((part) => {
    setForm((held) => ({ ...held, ...part }))
    const names = (Object.keys(part) as (keyof ChannelForm)[]).map((name) => FIELD_OF[name] ?? name)
    setTouched((held) => [...new Set([...held, ...names])])
  }, [])
  const fields = useMemo(
    () => Object.fromEntries(Object.entries(toRequest(form)).filter(([name]) => touched.includes(name))),
    [form, touched],
  )
  const problems = useChannelCheck(fields)
  return { form, change, problems, hasProblems: Object.keys(problems).length > 0 }
}
