import { t } from '../../../i18n/t.ts'
import { Checkbox } from '../../../parts/Checkbox.tsx'
import { RadioGroup } from '../../../parts/RadioGroup.tsx'
import { Select } from '../../../parts/Select.tsx'
import { TextArea } from '../../../parts/TextArea.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { SettingsCard } from '../SettingsPage.tsx'
import { AbilityFields } from './AbilityFields.tsx'
import type { FormPartProps } from './form-part.ts'
import { IconField } from './IconField.tsx'

/** Everything a channel is registered with, in four cards. */
export function FormFields(props: FormPartProps) {
  return (
    <>
      <LookFields {...props} />
      <HookFields {...props} />
      <AudienceFields {...props} />
      <AbilityFields {...props} />
    </>
  )
}

function LookFields({ form, change, problems }: FormPartProps) {
  return (
    <SettingsCard title={t('channels.look')} hint={t('channels.lookHint')}>
      <div className="flex flex-col gap-4">
        <TextField
          label={t('channels.name')}
          hint={t('channels.nameHint')}
          required
          autoComplete="off"
          value={form.name}
          onChange={(name) => change({ name })}
          error={problems.name}
        />
        <TextArea
          label={t('channels.about')}
          hint={t('channels.aboutHint')}
          rows={2}
          value={form.about}
          onChange={(about) => change({ about })}
          error={problems.about}
        />
        <IconField name={form.name} icon={form.icon} onChange={(icon) => change({ icon })} error={problems.icon} />
      </div>
    </SettingsCard>
  )
}

const EVENTS = ['messages', 'typing', 'reactions'] as const

function HookFields(props: FormPartProps) {
  const { form, change, problems } = props
  const address = { type: 'url', dir: 'ltr', spellCheck: false, autoComplete: 'off' } as const
  return (
    <SettingsCard title={t('channels.hooks')} hint={t('channels.hooksHint')}>
      <div className="flex flex-col gap-4">
        <TextField
          {...address}
          label={t('channels.webhookUrl')}
          hint={t('channels.webhookUrlHint', { marker: ':scope_id' })}
          placeholder="https://example.com/hooks/:scope_id"
          required
          value={form.webhookUrl}
          onChange={(webhookUrl) => change({ webhookUrl })}
          error={problems.webhookUrl}
        />
        <TextField
          {...address}
          label={t('channels.webhookUrlV1')}
          hint={t('channels.webhookUrlV1Hint')}
          value={form.webhookUrlV1}
          onChange={(webhookUrlV1) => change({ webhookUrlV1 })}
          error={problems.webhookUrlV1}
        />
        <EventFields {...props} />
        <Checkbox
          label={t('channels.retry')}
          hint={t('channels.retryHint')}
          isChecked={form.isRetried}
          onChange={(isRetried) => change({ isRetried })}
        />
        <TextField
          label={t('channels.errorEmail')}
          hint={t('channels.errorEmailHint')}
          type="email"
          autoComplete="off"
          value={form.errorEmail}
          onChange={(errorEmail) => change({ errorEmail })}
          error={problems.errorEmail}
        />
        <Select
          label={t('channels.legacy')}
          hint={t('channels.legacyHint')}
          value={form.legacySignature}
          onChange={(legacySignature) => change({ legacySignature })}
          options={(['core', 'all', 'none'] as const).map((value) => ({
            value,
            label: t(`channels.legacyKind.${value}`),
          }))}
        />
      </div>
    </SettingsCard>
  )
}

function EventFields({ form, change }: FormPartProps) {
  const toggle = (event: (typeof EVENTS)[number], isOn: boolean) =>
    change({ events: EVENTS.filter((one) => (one === event ? isOn : form.events.includes(one))) })
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-xs font-medium text-ink-2">{t('channels.events')}</legend>
      {EVENTS.map((event) => (
        <Checkbox
          key={event}
          label={t(`channels.event.${event}`)}
          isChecked={form.events.includes(event)}
          onChange={(isOn) => toggle(event, isOn)}
        />
      ))}
      {!form.events.includes('messages') && (
        <p role="status" className="text-xs text-warn text-pretty">
          {t('channels.noMessages')}
        </p>
      )}
    </fieldset>
  )
}

function AudienceFields({ form, change, problems }: FormPartProps) {
  return (
    <SettingsCard title={t('channels.audience')} hint={t('channels.audienceHint')}>
      <div className="flex flex-col gap-4">
        <RadioGroup
          label={t('channels.mayConnect')}
          value={form.isPublic ? 'everyone' : 'named'}
          onChange={(who) => change({ isPublic: who === 'everyone' })}
          options={[
            { value: 'named', label: t('channels.forNamed'), hint: t('channels.forNamedHint') },
            { value: 'everyone', label: t('channels.forEveryone'), hint: t('channels.forEveryoneHint') },
          ]}
        />
        {!form.isPublic && (
          <TextField
            label={t('channels.accounts')}
            hint={t('channels.accountsHint')}
            inputMode="numeric"
            autoComplete="off"
            value={form.accounts}
            onChange={(accounts) => change({ accounts })}
            error={problems.accountIds}
          />
        )}
      </div>
    </SettingsCard>
  )
}
