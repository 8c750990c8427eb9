import type { SubdomainAnswer } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { askSubdomain, entranceQuery, signUp } from '../../data/people/doors.ts'
import { t } from '../../i18n/t.ts'
import { getLanguage } from '../../i18n/texts.ts'
import { Button } from '../../parts/Button.tsx'
import { readFormProblem } from '../../parts/form-problem.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { DOOR_LINK, DoorAlert, DoorFrame, DoorTitle } from './DoorFrame.tsx'
import { toSubdomain } from './to-subdomain.ts'
import { useEnter } from './use-enter.ts'

/** A new account with its first admin. */
export function SignUp() {
  const entrance = useQuery(entranceQuery)
  return (
    <DoorFrame
      title={t('signup.title')}
      foot={
        <>
          {t('signup.hasAccount')}{' '}
          <Link to="/login" search={{}} className={DOOR_LINK}>
            {t('login.submit')}
          </Link>
        </>
      }
    >
      {entrance.isError ? (
        <Problem title={t('signup.unreachable')} error={entrance.error} onRetry={() => void entrance.refetch()} />
      ) : entrance.data?.canSignUp === false ? (
        <Notice title={t('signup.closed')} hint={t('signup.closedHint')} />
      ) : (
        <SignUpForm baseHost={entrance.data?.baseHost ?? null} />
      )}
    </DoorFrame>
  )
}

const FIELDS = ['company', 'subdomain', 'name', 'email', 'password'] as const

function SignUpForm({ baseHost }: { baseHost: string | null }) {
  const enter = useEnter()
  const [given, setGiven] = useState({ company: '', subdomain: '', name: '', email: '', password: '' })
  const [isOwnSubdomain, setOwnSubdomain] = useState(false)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const subdomain = isOwnSubdomain ? given.subdomain : toSubdomain(given.company)
  const answer = useSubdomainAnswer(subdomain)
  const { fields, rest } = readFormProblem(state.error, FIELDS)
  const set = (name: (typeof FIELDS)[number]) => (value: string) => setGiven((before) => ({ ...before, [name]: value }))

  async function submit(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      await enter(await signUp({ ...given, subdomain, timeZone, language: getLanguage() }))
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <DoorTitle hint={t('signup.hint')}>{t('signup.title')}</DoorTitle>
      <TextField
        {...{ label: t('signup.company'), value: given.company, onChange: set('company'), error: fields.company }}
        autoComplete="organization"
        maxLength={255}
        autoFocus
        required
      />
      <TextField
        label={t('signup.subdomain')}
        value={subdomain}
        onChange={(value) => {
          setOwnSubdomain(true)
          set('subdomain')(value.toLowerCase())
        }}
        error={fields.subdomain ?? (answer && !answer.isFree ? sentence(answer.reason) : undefined)}
        hint={<SubdomainHint answer={answer} subdomain={subdomain} baseHost={baseHost} />}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={63}
        required
      />
      <TextField
        {...{ label: t('signup.name'), value: given.name, onChange: set('name'), error: fields.name }}
        autoComplete="name"
        maxLength={255}
        required
      />
      <TextField
        {...{ label: t('login.email'), value: given.email, onChange: set('email'), error: fields.email }}
        type="email"
        autoComplete="username"
        required
      />
      <TextField
        {...{ label: t('login.password'), value: given.password, onChange: set('password'), error: fields.password }}
        hint={t('signup.passwordHint')}
        type="password"
        autoComplete="new-password"
        minLength={8}
        required
      />
      {rest && <DoorAlert>{rest}</DoorAlert>}
      <Button type="submit" look="primary" disabled={state.isBusy || answer?.isFree === false} className="h-9">
        {t(state.isBusy ? 'signup.submitting' : 'signup.submit')}
      </Button>
    </form>
  )
}

interface HintProps {
  answer: SubdomainAnswer | undefined
  subdomain: string
  baseHost: string | null
}

function SubdomainHint({ answer, subdomain, baseHost }: HintProps) {
  const address = baseHost === null ? subdomain : `${subdomain}.${baseHost}`
  if (!answer?.isFree) return t('signup.subdomainHint')
  return (
    <span className="flex items-center gap-1 text-ok">
      <Check size={13} aria-hidden="true" />
      {t('signup.subdomainFree', { address })}
    </span>
  )
}

const sentence = (reason: string | null) => `${(reason ?? '').charAt(0).toUpperCase()}${(reason ?? '').slice(1)}`

const PAUSE_MS = 250

/** Asked when somebody stops typing; undefined until there is an answer about what stands there now. */
function useSubdomainAnswer(subdomain: string): SubdomainAnswer | undefined {
  const [known, setKnown] = useState<{ subdomain: string; answer: SubdomainAnswer }>()
  useEffect(() => {
    if (subdomain.length < 3) return
    const leaving = new AbortController()
    const timer = setTimeout(() => {
      askSubdomain(subdomain, leaving.signal).then(
        (answer) => setKnown({ subdomain, answer }),
        // The server says so again when the form is sent.
        () => undefined,
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [subdomain])
  return known?.subdomain === subdomain ? known.answer : undefined
}
