import { Select as Base } from '@base-ui/react/select'
import { clsx } from 'clsx'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Field, type FieldProps } from './Field.tsx'
import { FIELD_RING } from './field-classes.ts'
import { groupBy } from './group-by.ts'
import { MENU, MENU_ITEM, MENU_LABEL } from './menu-classes.ts'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  /** 16 px, before the label. */
  icon?: ReactNode
  isDisabled?: boolean
  /** Options that follow one another and name the same group stand under its heading. */
  group?: string
}

interface Props<Value extends string> extends FieldProps {
  options: readonly SelectOption<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  placeholder?: string
  isDisabled?: boolean
  /** `inline`: without a ring until it is pointed at, for cards and rows. */
  look?: 'field' | 'inline'
}

/** One of a list one knows. With more than a dozen, or where one must look, use `Combobox`. */
export function Select<Value extends string>({ label, isLabelHidden, hint, error, className, ...props }: Props<Value>) {
  const { options, value, onChange, placeholder, isDisabled = false, look = 'field' } = props
  return (
    <Field {...{ label, hint, error, className }} isLabelHidden={isLabelHidden === true}>
      {(control) => (
        <Base.Root
          items={options}
          value={value}
          disabled={isDisabled}
          modal={false}
          onValueChange={(next) => next !== null && onChange(next)}
        >
          <Base.Trigger
            {...control}
            className={clsx(
              'flex h-8 w-full min-w-0 items-center gap-2 text-start select-none pointer-coarse:h-10',
              look === 'field'
                ? `${FIELD_RING} ps-2.5 pe-2`
                : '-mx-1.5 rounded-md px-1.5 text-sm hover:bg-hover data-[popup-open]:bg-hover',
            )}
          >
            <Base.Value className="min-w-0 flex-1">
              {(shown: Value | null) => (
                <Shown option={options.find((option) => option.value === shown)} placeholder={placeholder} />
              )}
            </Base.Value>
            <ChevronsUpDown size={14} aria-hidden="true" className="shrink-0 text-ink-3" />
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner alignItemWithTrigger={false} sideOffset={4} collisionPadding={8} className="z-50">
              <Base.Popup
                className={clsx(
                  MENU,
                  'max-h-[min(360px,var(--available-height))] min-w-(--anchor-width) overflow-y-auto',
                )}
              >
                <Options options={options} />
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  )
}

interface ShownProps<Value extends string> {
  option: SelectOption<Value> | undefined
  placeholder: string | undefined
}

function Shown<Value extends string>({ option, placeholder }: ShownProps<Value>) {
  if (!option) return <span className="text-ink-3">{placeholder}</span>
  return (
    <span className="flex min-w-0 items-center gap-2">
      {option.icon}
      <bdi className="truncate">{option.label}</bdi>
    </span>
  )
}

function Options<Value extends string>({ options }: { options: readonly SelectOption<Value>[] }) {
  return groupBy(options, ({ group }) => group).map(([group, members]) => (
    <Base.Group key={group ?? ''}>
      {group !== undefined && <Base.GroupLabel className={MENU_LABEL}>{group}</Base.GroupLabel>}
      {members.map((option) => (
        <Base.Item key={option.value} value={option.value} disabled={option.isDisabled === true} className={MENU_ITEM}>
          {option.icon}
          <Base.ItemText className="min-w-0 flex-1 truncate">
            <bdi>{option.label}</bdi>
          </Base.ItemText>
          <span className="flex w-4 shrink-0 justify-end">
            <Base.ItemIndicator>
              <Check size={15} aria-hidden="true" className="text-accent-ink" />
            </Base.ItemIndicator>
          </span>
        </Base.Item>
      ))}
    </Base.Group>
  ))
}
