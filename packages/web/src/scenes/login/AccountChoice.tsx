import { ChevronRight } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Button } from '../../parts/Button.tsx'
import type { AccountOption } from './use-login.ts'

interface Props {
  accounts: AccountOption[]
  isBusy: boolean
  onChoose: (subdomain: string) => void
  onBack: () => void
}

/** One e-mail and password may open several accounts. */
export function AccountChoice({ accounts, isBusy, onChoose, onBack }: Props) {
  return (
    <div>
      <h1 className="text-lg font-semibold tracking-[-.01em]">{t('login.which')}</h1>
      <p className="mt-0.5 mb-3 text-ink-3">{t('login.whichHint')}</p>
      <ul className="-mx-2 mb-3">
        {accounts.map(({ name, subdomain }) => (
          <li key={subdomain}>
            <button
              type="button"
              disabled={isBusy}
              onClick={() => onChoose(subdomain)}
              className="flex w-full items-center gap-3 rounded-md px-2 py-2 text-start hover:bg-hover disabled:opacity-45"
            >
              <Avatar name={name} seed={subdomain} size={32} />
              <span className="min-w-0 flex-1">
                <span dir="auto" className="block truncate font-medium">
                  {name}
                </span>
                <span className="block truncate text-xs text-ink-3">{subdomain}</span>
              </span>
              <ChevronRight size={16} aria-hidden="true" className="text-ink-3" />
            </button>
          </li>
        ))}
      </ul>
      <Button look="ghost" size="sm" onClick={onBack} className="-ms-2">
        {t('login.otherEmail')}
      </Button>
    </div>
  )
}
