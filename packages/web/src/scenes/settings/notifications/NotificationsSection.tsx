import type { NotificationSettingsAnswer } from '@parley/protocol/model'
import type { ReactNode } from 'react'
import { useNoticeSettings } from '../../../data/notices/queries.ts'
import { useChangeNoticeSettings } from '../../../data/notices/use-change-notices.ts'
import { t } from '../../../i18n/t.ts'
import { Problem, reasonOf } from '../../../parts/Notice.tsx'
import { RadioGroup } from '../../../parts/RadioGroup.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { Switch } from '../../../parts/Switch.tsx'
import { SettingsCard, SettingsPage } from '../SettingsPage.tsx'
import { DigestFields } from './DigestFields.tsx'
import { KindMatrix } from './KindMatrix.tsx'
import { PushBrowsers } from './PushBrowsers.tsx'
import { QuietHoursFields } from './QuietHoursFields.tsx'
import { SoundField } from './SoundField.tsx'

/** What somebody is told of, how, and when not. Every change holds at once. */
export function NotificationsSection() {
  const query = useNoticeSettings()
  return (
    <SettingsPage title={t('settings.notifications')} hint={t('noticeSettings.hint')}>
      {query.data ? (
        <Fields answer={query.data} />
      ) : query.isError ? (
        <Problem title={t('noticeSettings.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={10} />
      )}
    </SettingsPage>
  )
}

function Fields({ answer }: { answer: NotificationSettingsAnswer }) {
  const { settings, canMail, timeZone } = answer
  const { change, error } = useChangeNoticeSettings()
  const scopes = ['mine', 'group', 'all'] as const
  return (
    <>
      {error !== null && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {t('parts.notSaved', { reason: reasonOf(error) })}
        </p>
      )}
      <Group title={t('noticeSettings.whose')} hint={t('noticeSettings.whoseHint')}>
        <RadioGroup
          label={t('noticeSettings.whose')}
          isLabelHidden
          value={settings.scope}
          onChange={(scope) => change({ scope })}
          options={scopes.map((value) => ({ value, label: t(`noticeSettings.scope.${value}`) }))}
        />
      </Group>
      <Group title={t('noticeSettings.what')} hint={t('noticeSettings.whatHint')}>
        <KindMatrix kinds={settings.kinds} canMail={canMail} onChange={(kinds) => change({ kinds })} />
      </Group>
      <Group title={t('noticeSettings.browser')} hint={t('noticeSettings.browserHint')}>
        <PushBrowsers />
        <Switch
          label={t('noticeSettings.hideText')}
          hint={t('noticeSettings.hideTextHint')}
          isOn={settings.hideText}
          onChange={(hideText) => change({ hideText })}
        />
      </Group>
      <Group title={t('noticeSettings.sound')}>
        <SoundField sound={settings.sound} onChange={(sound) => change({ sound })} />
      </Group>
      <Group title={t('noticeSettings.quiet')} hint={t('noticeSettings.quietHint')}>
        <QuietHoursFields settings={settings} accountZone={timeZone} onChange={change} />
      </Group>
      <Group title={t('noticeSettings.digest')} hint={t('noticeSettings.digestHint')}>
        <DigestFields digest={settings.digest} canMail={canMail} onChange={(digest) => change({ digest })} />
      </Group>
    </>
  )
}

function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <SettingsCard title={title} hint={hint}>
      <div className="flex flex-col gap-3">{children}</div>
    </SettingsCard>
  )
}
