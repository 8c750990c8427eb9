import type { PushBrowser } from '@parley/protocol/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { removePushBrowser, testPush } from '../../../data/notices/endpoints.ts'
import { switchPushOff, switchPushOn, usePush } from '../../../data/notices/push.ts'
import { usePushState } from '../../../data/notices/queries.ts'
import { useMe } from '../../../data/queries.ts'
import { keys } from '../../../data/query-keys.ts'
import { sessionScope } from '../../../data/session.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { describeBrowser } from '../../../parts/describe-browser.ts'
import { format } from '../../../parts/format.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Switch } from '../../../parts/Switch.tsx'
import { toast } from '../../../parts/toast.ts'

const sayFailure = (error: unknown) => toast({ tone: 'bad', text: t('parts.notSaved', { reason: reasonOf(error) }) })

/** Whether this browser shows notifications while nobody looks, and which others do. */
export function PushBrowsers() {
  const client = useQueryClient()
  const scope = sessionScope(useMe())
  const { permission, isOn } = usePush()
  const { data } = usePushState()
  const { mutate, isPending } = useMutation({
    mutationFn: (next: boolean) => (next ? switchPushOn(scope) : switchPushOff(scope)),
    onError: sayFailure,
    onSettled: () => client.invalidateQueries({ queryKey: keys.push }),
  })
  const cannot = permission === 'unsupported' || permission === 'denied'
  return (
    <>
      <Switch
        label={t('noticeSettings.thisBrowser')}
        {...(cannot && { hint: t(`noticeSettings.${permission}`) })}
        isOn={isOn === true && !cannot}
        isDisabled={cannot || isPending || isOn === undefined}
        onChange={mutate}
      />
      {data && data.browsers.length > 0 && <Browsers browsers={data.browsers} />}
    </>
  )
}

function Browsers({ browsers }: { browsers: readonly PushBrowser[] }) {
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: keys.push })
  const remove = useMutation({ mutationFn: removePushBrowser, onError: sayFailure, onSettled: again })
  const test = useMutation({
    mutationFn: testPush,
    onError: sayFailure,
    onSuccess: () => toast({ text: t('noticeSettings.tested') }),
  })
  return (
    <div>
      <ul aria-label={t('noticeSettings.browsers')} className="divide-y divide-line rounded-lg border border-line">
        {browsers.map((browser) => {
          const { name } = describeBrowser(browser.userAgent)
          return (
            <li key={browser.id} className="flex min-h-11 items-center gap-2 ps-3 pe-1.5">
              <span className="min-w-0 flex-1 truncate">
                {name}
                {browser.isThis && <span className="text-ink-3"> · {t('noticeSettings.thisOne')}</span>}
              </span>
              <span className="text-xs text-ink-3">{t('noticeSettings.since', { date: format.date(browser.at) })}</span>
              {!browser.isThis && (
                <IconButton
                  label={t('noticeSettings.removeBrowser', { name })}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(browser.id)}
                >
                  <X aria-hidden="true" />
                </IconButton>
              )}
            </li>
          )
        })}
      </ul>
      <Button size="sm" className="mt-2" disabled={test.isPending} onClick={() => test.mutate()}>
        {t('noticeSettings.test')}
      </Button>
    </div>
  )
}
