import type { Language } from '@parley/protocol/model'

/** What a new account calls its first pipeline, and what it finds in it. From then on these are the account's own words. */
interface UsualWords {
  pipeline: string
  /** In the order of `usualStages`. */
  stages: readonly [string, string, string, string, string, string, string]
  lossReasons: readonly string[]
}

export const USUAL_WORDS: Readonly<Record<Language, UsualWords>> = {
  en: {
    pipeline: 'Sales',
    stages: ['Incoming leads', 'First contact', 'Negotiation', 'Decision', 'Contract agreed', 'Won', 'Lost'],
    lossReasons: ['Too expensive', 'Chose somebody else', 'No longer needed', 'Does not answer'],
  },
  ru: {
    pipeline: 'Продажи',
    stages: [
      'Неразобранное',
      'Первый контакт',
      'Переговоры',
      'Принятие решения',
      'Согласование договора',
      'Успешно реализовано',
      'Не реализовано',
    ],
    lossReasons: ['Слишком дорого', 'Выбрали других', 'Больше не нужно', 'Не отвечает'],
  },
  es: {
    pipeline: 'Ventas',
    stages: ['Leads entrantes', 'Primer contacto', 'Negociación', 'Decisión', 'Contrato acordado', 'Ganado', 'Perdido'],
    lossReasons: ['Demasiado caro', 'Eligió a otros', 'Ya no lo necesita', 'No responde'],
  },
  pt: {
    pipeline: 'Vendas',
    stages: ['Leads de entrada', 'Contato inicial', 'Negociação', 'Decisão', 'Contrato acertado', 'Ganho', 'Perdido'],
    lossReasons: ['Caro demais', 'Escolheu outros', 'Não precisa mais', 'Não responde'],
  },
}
