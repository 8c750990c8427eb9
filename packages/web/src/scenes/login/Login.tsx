import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { entranceQuery } from '../../data/people/doors.ts'
import { t } from '../../i18n/t.ts'
import { AccountChoice } from './AccountChoice.tsx'
import { DOOR_LINK, DoorFrame } from './DoorFrame.tsx'
import { LoginForm } from './LoginForm.tsx'
import { SecondStep } from './SecondStep.tsx'
import { useEnter } from './use-enter.ts'
import { useLogin } from './use-login.ts'

/** By password, with a second step where there is one, or by passkey alone. */
export function Login() {
  const { next } = useSearch({ from: '/login' })
  const login = useLogin(useEnter(next))
  const { data: entrance } = useQuery(entranceQuery)
  const { state } = login
  return (
    <DoorFrame
      title={t('login.title')}
      foot={
        state.step === 'password' && (
          <>
            {entrance?.canSignUp && (
              <>
                {t('login.isNew')}{' '}
                <Link to="/signup" className={DOOR_LINK}>
                  {t('signup.link')}
                </Link>
                {' · '}
              </>
            )}
            <Link to="/docs" className={DOOR_LINK}>
              {t('login.reference')}
            </Link>
          </>
        )
      }
    >
      {state.step === 'account' ? (
        <AccountChoice
          accounts={state.accounts}
          isBusy={login.isBusy}
          onChoose={login.choose}
          onBack={login.startOver}
        />
      ) : state.step === 'second' ? (
        <SecondStep
          needed={state.needed}
          refusal={state.refusal}
          isBusy={login.isBusy}
          onCode={login.submitCode}
          onPasskey={login.withPasskey}
          onBack={login.startOver}
        />
      ) : (
        <LoginForm
          entrance={entrance}
          isBusy={login.isBusy}
          refusal={state.refusal}
          onSubmit={login.submit}
          onPasskey={login.withPasskey}
        />
      )}
    </DoorFrame>
  )
}
