import { type FormEvent, useCallback, useMemo, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { readFormProblem } from '../../../parts/form-problem.ts'
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

/** What the request cannot tell from something else: no emoji at all is *None*, which is another choice. */
const findGaps = ({ reactions, emoji }: ChannelForm): FieldProblems =>
  reactions === 'some' && emoji.trim() === '' ? { reactions: t('channels.noEmoji') } : {}

interface Sending {
  /** Whether there is anything to send. */
  isReady: (form: ChannelForm) => boolean
  /** Rejects when it was not taken: the reason stands in the form. */
  send: (form: ChannelForm) => Promise<unknown>
}

interface Written {
  form: ChannelForm
  change: FormChange
  /** What is wrong with each field, by its name in the request. */
  problems: FieldProblems
  /** What was refused and is about no field. */
  rest: string | undefined
  isBusy: boolean
  /** It cannot be sent as it stands. */
  isBlocked: boolean
  submit: (event: FormEvent) => void
}

/** A registration that is being written, and sent: what somebody has touched is checked. */
export function useChannelForm(begin: ChannelForm, { isReady, send }: Sending): Written {
  const [form, setForm] = useState(begin)
  const [touched, setTouched] = useState<readonly string[]>([])
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const change = useCallback<FormChange>((part) => {
    // What was refused is no longer what stands there.
    setState({ isBusy: false })
    setForm((held) => ({ ...held, ...part }))
    const names = (Object.keys(part) as (keyof ChannelForm)[]).map((name) => FIELD_OF[name] ?? name)
    setTouched((held) => [...new Set([...held, ...names])])
  }, [])
  const written = useMemo(() => toRequest(form), [form])
  const fields = useMemo(
    () => Object.fromEntries(Object.entries(written).filter(([name]) => touched.includes(name))),
    [written, touched],
  )
  const checked = useChannelCheck(fields)
  const problems = useMemo(() => ({ ...checked, ...findGaps(form) }), [checked, form])
  const refused = readFormProblem(state.error, Object.keys(written))
  const isBlocked = state.isBusy || Object.keys(problems).length > 0 || !isReady(form)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isBlocked) return
    setState({ isBusy: true })
    try {
      await send(form)
      setState({ isBusy: false })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return {
    form,
    change,
    problems: { ...refused.fields, ...problems },
    rest: refused.rest,
    isBusy: state.isBusy,
    isBlocked,
    submit: (event) => void submit(event),
  }
}
